'use client'

import { DropdownMenu as Radix } from 'radix-ui'
import { Icon } from './icon'
import { Link } from './link'

export interface MenuEntry {
  readonly text: string
  /** Where it leads; null where it cannot be taken, and then `hint` says why. */
  readonly href: string | null
  readonly hint?: string
}

/** A button with more that can be done: links, each with why it cannot be taken where it cannot. */
export function Menu({ label, entries }: { readonly label: string; readonly entries: readonly MenuEntry[] }) {
  return (
    <Radix.Root>
      <Radix.Trigger className="inline-flex h-7 items-center gap-2 rounded-lg border border-line bg-raised px-2.5 text-sm font-medium whitespace-nowrap text-ink hover:border-line-strong hover:bg-hover">
        {label}
        <Icon name="chevron-down" className="text-faint" />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 w-80 max-w-[calc(100vw-1rem)] rounded-lg border border-line-strong bg-raised p-1 shadow-xl shadow-black/25"
        >
          {entries.map(({ text, href, hint }) => (
            <Radix.Item
              key={text}
              asChild={href !== null}
              disabled={href === null}
              className="flex cursor-pointer flex-col rounded-md px-2.5 py-1.5 text-base text-ink outline-none data-disabled:cursor-not-allowed data-disabled:text-faint data-highlighted:bg-hover"
            >
              {href === null ? <Entry text={text} hint={hint} /> : <Link href={href}>{Entry({ text, hint })}</Link>}
            </Radix.Item>
          ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

function Entry({ text, hint }: { readonly text: string; readonly hint: string | undefined }) {
  return (
    <>
      <span>{text}</span>
      {hint !== undefined && <span className="text-sm text-faint">{hint}</span>}
    </>
  )
}
