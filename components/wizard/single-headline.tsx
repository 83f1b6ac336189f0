import { Panel } from '@/components/ui/card'
import { Figures } from '@/components/ui/figure'
import type { SingleVerb } from '@/lib/domain/single-verb'
import type { FailoverPreview } from '@/lib/views/recover'
import { AsideFigure, ShareFigure } from './ledger-figures'

interface Said {
  readonly lead: string
  readonly rest: string
  readonly share: string
}

const SAID: Readonly<Record<SingleVerb, (from: string, to: string) => Said>> = {
  promote: (_, to) => ({
    lead: 'Nothing is lost:',
    rest: `each image is proven to hold everything at ${to}, and nobody can have written since it was demoted.`,
    share: `can be promoted at ${to}`,
  }),
  demote: (from, to) => ({
    lead: 'If the run goes through, nothing is lost:',
    rest: `each copy at ${to} is proven to hold everything after the demotion. What follows would be lost if ${from} died before that. Until one side is promoted, nobody can write.`,
    share: `can be demoted at ${from}`,
  }),
  snapshot: (from, to) => ({
    lead: 'Nothing is lost by it.',
    rest: `What follows would be lost if ${from} died now; once the snapshot is complete at ${to}, only what is written after it.`,
    share: 'get a mirror snapshot',
  }),
  disable: (from, to) => ({
    lead: `The copies at ${to} are deleted.`,
    rest: `The images stay at ${from} with all their data, and from then on nothing protects them: if ${from} is lost, so are they. Enabling them again makes new copies, in full.`,
    share: 'are mirrored no more',
  }),
  flatten: (from, to) => ({
    lead: 'No data is lost, and it cannot be taken back:',
    rest: `each clone gets its own copy of what it has from its parent, at ${from} and then at ${to}. The figures say what would be lost if ${from} died now.`,
    share: 'can be flattened',
  }),
}

/** What one verb loses: of some images nothing, and it is said what that rests on. */
export function SingleHeadline({ preview, verb }: { readonly preview: FailoverPreview; readonly verb: SingleVerb }) {
  const { lead, rest, share } = SAID[verb](preview.from, preview.to)
  return (
    <Panel className="flex flex-col gap-4">
      <p className="max-w-5xl text-lg">
        <strong className="font-semibold">{lead}</strong> {rest}
      </p>
      <Figures>
        <ShareFigure preview={preview} label={share} />
        <AsideFigure preview={preview} />
      </Figures>
    </Panel>
  )
}
