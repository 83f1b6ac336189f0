import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { RunScreen } from '@/components/runs/run-screen'
import { webStore } from '@/lib/read/web-store'

interface RunPageProps {
  readonly params: Promise<{ readonly id: string }>
}

/** A run's id has letters, digits and dashes alone: what the URL says is it. */
const titleOf = async ({ params }: RunPageProps) => {
  const { id } = await params
  return webStore().selectFrom('runs').select('title').where('id', '=', id).executeTakeFirst()
}

export async function generateMetadata(props: RunPageProps): Promise<Metadata> {
  return { title: (await titleOf(props))?.title ?? 'Run' }
}

export default async function RunPage(props: RunPageProps) {
  if ((await titleOf(props)) === undefined) notFound()
  return <RunScreen id={(await props.params).id} />
}
