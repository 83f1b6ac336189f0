import type { ReactNode } from 'react'
import { ConnectionNotice } from './connection-notice'
import { DemoBadge } from './demo-badge'
import { NarrowMenuSlot } from './narrow-menu-slot'
import { PaletteButton } from './palette-button'
import { SiteChips } from './site-chips'
import { WorkerNotice } from './worker-notice'

interface PageProps {
  readonly title: ReactNode
  /** Beside the title: a badge with the state of what is shown. */
  readonly detail?: ReactNode
  /** To the right: what can be done with the page as a whole. */
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** Every screen: its bar, and below it its content. */
export function Page({ title, detail, actions, children }: PageProps) {
  return (
    <div className="flex min-w-0 flex-1 flex-col">
      <header
        data-noprint
        className="sticky top-0 z-30 flex min-h-14 flex-wrap items-center gap-x-4 gap-y-2 border-b border-line bg-ground px-4 py-2 md:px-6"
      >
        <NarrowMenuSlot />
        <h1 className="min-w-0 text-lg leading-snug font-semibold md:truncate">{title}</h1>
        {detail}
        {/* Where both do not fit beside the title they go below it together, and stay to the right. */}
        <div className="contents md:ml-auto md:flex md:flex-wrap md:items-center md:justify-end md:gap-x-4 md:gap-y-2">
          <div className="order-last w-full overflow-x-auto md:order-none md:w-auto">
            <SiteChips />
          </div>
          <div className="ml-auto flex items-center gap-2 md:ml-0">
            <DemoBadge />
            <PaletteButton />
            {actions}
          </div>
        </div>
      </header>
      <ConnectionNotice />
      <WorkerNotice />
      <main id="main" tabIndex={-1} className="flex min-w-0 flex-1 flex-col gap-4 px-4 py-5 outline-none md:px-6">
        {children}
      </main>
    </div>
  )
}
