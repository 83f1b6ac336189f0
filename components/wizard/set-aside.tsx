'use client'

import { StateMark } from '@/components/ui/state-mark'
import { countOf } from '@/lib/views/count-text'
import type { FailoverPreview } from '@/lib/views/recover'
import { Names } from './name-list'

type Row = FailoverPreview['ledger']['setAside'][number]

/** Images that stay, by their reason: the figures in it differ from image to image, the sentence does not. */
export function SetAside({ rows, from }: { readonly rows: readonly Row[]; readonly from: string }) {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const sentence = row.reason.replace(/\d+/g, '…')
    const group = groups.get(sentence)
    if (group === undefined) groups.set(sentence, [row])
    else group.push(row)
  }
  return (
    <div className="flex flex-col gap-3">
      <ul className="divide-y divide-line">
        {[...groups].map(([sentence, group]) => (
          <li key={sentence} className="flex gap-3 py-3 first:pt-0">
            <StateMark tone="bad" className="mt-0.5 shrink-0" />
            <div className="min-w-0 flex-1">
              <p className="font-medium break-words">{group.length === 1 ? group[0]?.reason : sentence}</p>
              <Names title={countOf(group.length, 'image')} names={group.map(({ name }) => name)} />
            </div>
          </li>
        ))}
      </ul>
      <p className="text-sm text-faint">
        They stay as they are: primary at {from} where they are primary now, replicating if they replicate.
      </p>
    </div>
  )
}
