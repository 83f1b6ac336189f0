'use client'

import { Button } from '@/components/ui/button'
import { buttonStyle } from '@/components/ui/button-style'
import { Link } from '@/components/ui/link'
import { Menu } from '@/components/ui/menu'
import { countOf, countText } from '@/lib/views/count-text'
import { failoverOf, handoverTo, PROMOTE, useSelection } from './selection'
import type { ImagesView } from './use-images-view'

const VERBS = [
  { text: 'Mirror snapshot now…', path: '/recover/snapshot' },
  { text: 'Demote…', path: '/recover/demote' },
  { text: 'Promote…', path: PROMOTE },
  { text: 'Flatten…', path: '/recover/flatten' },
  { text: 'End mirroring…', path: '/recover/disable' },
] as const

/** What is picked, and what can be done with it. */
export function SelectionBar({ view, total }: { readonly view: ImagesView; readonly total: number | null }) {
  const { picked, all, clear } = useSelection()
  const count = all === null ? picked.size : total
  if (all === null && picked.size === 0) return null
  const handover = failoverOf({ picked, all }, view.list.filter)
  const verbs = VERBS.map(({ text, path }) => {
    const to = handoverTo(path, { picked, all }, view.list.filter)
    return to.kind === 'ready' ? { text, href: to.href } : { text, href: null, hint: to.reason }
  })
  const words = count === null ? 'all of this list' : countOf(count, 'image')
  return (
    <section
      aria-label="Selection"
      className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border border-line-strong bg-raised px-4 py-2"
    >
      <p className="font-medium" role="status">
        {words} selected
        {all !== null && <span className="font-normal text-faint"> · all that this filter shows</span>}
      </p>
      <div className="ml-auto flex items-center gap-2">
        <Button size="small" kind="ghost" onClick={clear}>
          Clear
        </Button>
        <Menu label="Single verbs" entries={verbs} />
        {handover.kind === 'refused' ? (
          <Button size="small" kind="action" refusal={handover.reason}>
            Fail over…
          </Button>
        ) : (
          <Link href={handover.href} className={buttonStyle('action', 'small')}>
            Fail over {count === null ? '' : countText(count)} selected…
          </Link>
        )}
      </div>
    </section>
  )
}
