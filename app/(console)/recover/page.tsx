import type { Metadata } from 'next'
import Link from 'next/link'
import { Page } from '@/components/shell/page'
import { buttonStyle } from '@/components/ui/button-style'
import { Card } from '@/components/ui/card'

export const metadata: Metadata = { title: 'Recover' }

export default function RecoverPage() {
  return (
    <Page title="Recover">
      <Card title="Planned failover" className="max-w-3xl">
        <p className="text-dim">
          Moves images to the other site while both sites answer: for maintenance, or to leave a site in good time. Each
          image is demoted, its copy is proven to hold everything, then it is promoted. Nothing is lost, and no step
          uses force. You see what was found, what would be lost and every command before anything is changed.
        </p>
        <p className="mt-3 text-dim">
          It takes images of both modes: picked ones, pools, or the whole site, with their clone families and their
          snapshot schedules.
        </p>
        <div className="mt-4 flex flex-wrap gap-2">
          <Link href="/recover/failover" className={buttonStyle('action')}>
            Plan a failover
          </Link>
          <Link href="/runs" className={buttonStyle()}>
            Runs
          </Link>
        </div>
      </Card>
      <p className="max-w-3xl text-sm text-faint">
        Not yet here: unplanned failover, failback, loss of storage, fire drill, split-brain, setting up mirroring, site
        evacuation. Failing back works today as a planned failover the other way.
      </p>
    </Page>
  )
}
