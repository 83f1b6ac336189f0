import { HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { FailoverWizard } from '@/components/wizard/failover-wizard'
import { WIZARD_WORDS } from '@/components/wizard/words'
import { SINGLE_VERBS, type SingleVerb } from '@/lib/domain/single-verb'
import { directionsQuery } from '@/lib/queries/recover'
import { prefetched } from '@/lib/read/prefetched'
import { readDirections } from '@/lib/read/runs-directions'
import { webStore } from '@/lib/read/web-store'

interface VerbPageProps {
  readonly params: Promise<{ readonly verb: string }>
}

const verbOf = (text: string): SingleVerb | undefined => SINGLE_VERBS.find((verb) => verb === text)

export async function generateMetadata({ params }: VerbPageProps): Promise<Metadata> {
  const verb = verbOf((await params).verb)
  return verb === undefined ? {} : { title: WIZARD_WORDS[verb].title }
}

/** One verb for some images: the same wizard as a whole procedure. */
export default async function VerbPage({ params }: VerbPageProps) {
  const verb = verbOf((await params).verb)
  if (verb === undefined) notFound()
  const directions = await readDirections(webStore(), Date.now())
  return (
    <HydrationBoundary state={prefetched([[directionsQuery().queryKey, directions]])}>
      <FailoverWizard procedure={verb} />
    </HydrationBoundary>
  )
}
