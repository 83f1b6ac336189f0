import { HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Page } from '@/components/shell/page'
import { SiteScreen } from '@/components/sites/site-screen'
import { Link } from '@/components/ui/link'
import { cloudsQuery } from '@/lib/queries/clouds'
import { siteQuery } from '@/lib/queries/sites'
import { readClouds } from '@/lib/read/clouds'
import { prefetched } from '@/lib/read/prefetched'
import { readSite } from '@/lib/read/sites'
import { webConfig } from '@/lib/read/web-config'
import { webStore } from '@/lib/read/web-store'

interface SitePageProps {
  readonly params: Promise<{ readonly name: string }>
}

export async function generateMetadata({ params }: SitePageProps): Promise<Metadata> {
  return { title: decodeURIComponent((await params).name) }
}

export default async function SitePage({ params }: SitePageProps) {
  const name = decodeURIComponent((await params).name)
  const config = webConfig()
  if (!config.sites.some((site) => site.name === name)) notFound()
  const now = Date.now()
  const page = await readSite(webStore(), config, name, now)
  const clouds = await readClouds(webStore(), config, now)
  return (
    <HydrationBoundary
      state={prefetched([
        [siteQuery(name).queryKey, page],
        [cloudsQuery().queryKey, clouds],
      ])}
    >
      <Page
        title={
          <>
            <Link href="/sites" className="font-normal text-faint hover:text-ink">
              Sites
            </Link>
            <span className="px-2 font-normal text-faint">/</span>
            {name}
          </>
        }
      >
        <SiteScreen name={name} />
      </Page>
    </HydrationBoundary>
  )
}
