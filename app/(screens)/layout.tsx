import type { ReactNode } from 'react'
import { LiveEvents } from '@/components/live/live-events'
import { Providers } from '@/components/live/providers'
import { webStore } from '@/lib/read/web-store'
import { newestChange } from '@/lib/store/changes'

export const dynamic = 'force-dynamic'

/** Pages that stand alone, without the console around them: the wall, and what is shown to others. */
export default async function ScreensLayout({ children }: { readonly children: ReactNode }) {
  const now = Date.now()
  const seq = await newestChange(webStore())
  return (
    <Providers renderedAt={now}>
      {children}
      <LiveEvents seq={seq} />
    </Providers>
  )
}
