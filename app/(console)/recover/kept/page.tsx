import type { Metadata } from 'next'
import { KeptScreen } from '@/components/kept/kept-screen'
import { Page } from '@/components/shell/page'
import { readKept } from '@/lib/read/kept'
import { webStore } from '@/lib/read/web-store'

export const metadata: Metadata = { title: 'Kept copies' }

export default async function KeptPage() {
  return (
    <Page title="Kept copies">
      <KeptScreen kept={await readKept(webStore(), Date.now())} />
    </Page>
  )
}
