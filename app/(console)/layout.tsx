import { HydrationBoundary } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { LiveEvents } from '@/components/live/live-events'
import { Providers } from '@/components/live/providers'
import { Palette } from '@/components/shell/palette'
import { Sidebar } from '@/components/shell/sidebar'
import { Toasts } from '@/components/shell/toasts'
import { shellQuery } from '@/lib/queries/shell'
import { prefetched } from '@/lib/read/prefetched'
import { readShell } from '@/lib/read/shell'
import { webConfig } from '@/lib/read/web-config'
import { webStore } from '@/lib/read/web-store'
import { newestChange } from '@/lib/store/changes'

export const dynamic = 'force-dynamic'

export default async function ConsoleLayout({ children }: { readonly children: ReactNode }) {
  const now = Date.now()
  const store = webStore()
  const config = webConfig()
  // Before anything is read: the stream then tells of every change that the page may have missed.
  const seq = await newestChange(store)
  const shell = await readShell(store, config, now)
  return (
    <Providers renderedAt={now}>
      <HydrationBoundary state={prefetched([[shellQuery().queryKey, shell]])}>
        <a
          href="#main"
          className="sr-only z-50 rounded-lg bg-action px-4 py-2 text-action-ink focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
        >
          Skip to the content
        </a>
        <div className="flex min-h-dvh">
          <Sidebar name={config.name} />
          {children}
        </div>
        <LiveEvents seq={seq} />
        <Palette />
        <Toasts />
      </HydrationBoundary>
    </Providers>
  )
}
