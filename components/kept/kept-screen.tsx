'use client'

import { useCallback, useEffect, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import { Notice } from '@/components/ui/notice'
import { checkKeptAction } from '@/lib/actions/kept'
import { countOf } from '@/lib/views/count-text'
import type { CheckedCopy, KeptCopies } from '@/lib/views/kept'
import { KeptRow } from './kept-row'

/** What lost and was put aside: by the runs that did it, then held against what is at the sites. */
export function KeptScreen({ kept }: { readonly kept: KeptCopies }) {
  const { copies, total, now } = kept
  const [checked, setChecked] = useState<ReadonlyMap<string, CheckedCopy>>(new Map())
  const [state, setState] = useState<'idle' | 'looking'>('idle')
  const [failure, setFailure] = useState<string | null>(null)
  const check = useCallback(async () => {
    if (copies.length === 0) return
    setState('looking')
    const answer = await checkKeptAction({ ids: copies.map(({ id }) => id) }).catch(() => LOST)
    setState('idle')
    setFailure(answer.ok ? null : answer.message)
    if (answer.ok) setChecked(new Map(answer.value.map((one) => [one.id, one])))
  }, [copies])
  useEffect(() => {
    void check()
  }, [check])
  const due = copies.filter((copy) => copy.dueAt <= now && checked.get(copy.id)?.state !== 'gone').length
  if (copies.length === 0) {
    return (
      <Card title="Kept copies">
        <Empty title="No run has put a copy aside">
          Protecting images again after a split keeps what the losing site has under another name. It is listed here.
        </Empty>
      </Card>
    )
  }
  return (
    <>
      {failure !== null && (
        <Notice tone="unknown" title="Whether they are still there was not read">
          {failure}
        </Notice>
      )}
      {due > 0 && (
        <Notice tone="behind" title={`${countOf(due, 'kept copy').replace('copys', 'copies')} due to be looked at`}>
          The days that were chosen are over. Nothing is deleted by itself: open or compare what you need, then delete
          by hand.
        </Notice>
      )}
      <Card
        title="Kept copies"
        aside={
          total > copies.length
            ? `the ${copies.length} oldest of ${total}`
            : 'due ones first; nothing is ever deleted by itself'
        }
      >
        <ul aria-label="Kept copies" className="-my-3 divide-y divide-line">
          {copies.map((copy) => (
            <KeptRow key={copy.id} copy={copy} checked={checked.get(copy.id) ?? null} now={now} />
          ))}
        </ul>
        <p className="mt-4 border-t border-line pt-4">
          <Button refusal={state === 'looking' ? 'Looking at the sites' : null} onClick={() => void check()}>
            {state === 'looking' ? 'Looking at the sites…' : 'Look at the sites again'}
          </Button>
        </p>
      </Card>
    </>
  )
}

const LOST = { ok: false, message: 'The console did not answer. Nothing was changed; look again.' } as const
