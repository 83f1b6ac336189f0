'use client'

import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { usePathname } from 'next/navigation'
import { Link } from '@/components/ui/link'
import { shellQuery } from '@/lib/queries/shell'
import { countText } from '@/lib/views/count-text'
import type { ShellView } from '@/lib/views/shell'
import { isOffered, NAVIGATION, type NavEntry } from './navigation'

export function NavLinks({ onLeave }: { readonly onLeave?: () => void }) {
  const { data } = useQuery(shellQuery())
  const path = usePathname()
  return (
    <nav aria-label="Console" className="flex flex-col gap-5">
      {NAVIGATION.map((group) => (
        <div key={group.title ?? 'top'}>
          {group.title !== null && <p className="px-2.5 pb-1.5 text-xs text-faint">{group.title}</p>}
          <ul className="flex flex-col gap-0.5">
            {group.entries
              .filter((entry) => isOffered(entry, data?.clouds))
              .map((entry) => (
                <li key={entry.href}>
                  <NavLink entry={entry} here={isHere(path, entry.href)} aside={aside(entry, data)} onLeave={onLeave} />
                </li>
              ))}
          </ul>
        </div>
      ))}
    </nav>
  )
}

interface NavLinkProps {
  readonly entry: NavEntry
  readonly here: boolean
  readonly aside: string | null
  readonly onLeave: (() => void) | undefined
}

function NavLink({ entry, here, aside: count, onLeave }: NavLinkProps) {
  return (
    <Link
      href={entry.href}
      aria-current={here ? 'page' : undefined}
      onClick={onLeave}
      className={clsx(
        'flex h-8 items-center justify-between rounded-lg px-2.5',
        here ? 'bg-raised font-medium text-ink' : 'text-dim hover:bg-raised hover:text-ink',
      )}
    >
      {entry.title}
      {count !== null && <span className="text-sm font-normal text-faint">{count}</span>}
    </Link>
  )
}

const isHere = (path: string, href: string): boolean =>
  href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`)

function aside(entry: NavEntry, shell: ShellView | undefined): string | null {
  if (shell === undefined) return null
  if (entry.count === 'sites') return countText(shell.sites.length)
  if (entry.count === 'images') return shell.images === null ? null : countText(shell.images)
  if (entry.count === 'runs') return shell.liveRuns === 0 ? null : `${shell.liveRuns} live`
  return null
}
