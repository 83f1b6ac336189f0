import type { SingleVerb } from '@/lib/domain/single-verb'
import type { ImageAction } from './image-actions'
import type { ImageDetail } from './image-detail'

/** The single verbs for one image, each with why not where not. `unknownSince`: one of its sides is not read any more. */
export function imageVerbs(detail: ImageDetail, unknownSince: number | null): ImageAction[] {
  const { image, sides } = detail
  const [first, second] = sides
  const general = inTheWay(detail, unknownSince)
  const verb = (name: SingleVerb, title: string, refusal: string, from: string, to: string): ImageAction => {
    const reason = general ?? refusal
    const href = `/recover/${name}?${new URLSearchParams({ from, to, ids: image.id })}`
    return { title, href: reason === '' ? href : null, refusal: reason }
  }
  const { primarySite } = image
  const from = primarySite ?? first.site
  const to = from === first.site ? second.site : first.site
  const nowhere = image.verdict === 'both-secondary'
  const held = primarySite === null ? 'No site is primary alone.' : ''
  const closed = nowhere ? '' : 'It is not demoted at both sites: what moves a role is a failover.'
  return [
    verb('snapshot', 'Mirror snapshot now…', held || notIn(image.mode), from, to),
    ...(nowhere ? [verb('promote', `Promote at ${first.site}…`, '', second.site, first.site)] : []),
    verb('promote', nowhere ? `Promote at ${second.site}…` : 'Promote…', closed, first.site, second.site),
    verb(
      'demote',
      `Demote${primarySite === null ? '' : ` at ${primarySite}`}…`,
      held || NOT_DEMOTED[image.verdict] || '',
      from,
      to,
    ),
    verb('disable', 'End mirroring…', held, from, to),
    verb('flatten', 'Flatten…', held || notFlat(image), from, to),
  ]
}

function inTheWay({ image, run }: ImageDetail, unknownSince: number | null): string | null {
  if (run !== null) return `It is a member of the live run “${run.title}”.`
  if (unknownSince !== null) return 'One of its sites is not read now, and each verb looks at both before it acts.'
  if (image.verdict === 'two-primaries' || image.verdict === 'split-brain')
    return 'The two copies have gone separate ways: choose the good one first.'
  return null
}

const notIn = (mode: ImageDetail['image']['mode']): string =>
  mode === 'snapshot' ? '' : 'It is in journal mode: every write is carried by itself.'

function notFlat({ parent, mode }: ImageDetail['image']): string {
  if (parent === null) return 'It is no clone: it has no parent.'
  return mode === 'journal'
    ? ''
    : 'It is in snapshot mode: Ceph does not carry a flatten there, and the copy would read zeros. End its mirroring first.'
}

/** Verdicts in which the copy would not hold everything after a demotion, and nobody could promote it there. */
const NOT_DEMOTED: Partial<Record<ImageDetail['image']['verdict'], string>> = {
  copying: 'The first copy is still being made.',
  hollow: 'Where the data of its parent was the copy reads zeros: resync it first.',
  'no-copy': 'The other site has no copy of it.',
  unprotected: 'Nothing follows it: nobody could promote it elsewhere.',
  error: 'rbd-mirror has given up on the copy: mend that first.',
  stopped: 'The copy does not follow: nothing would prove that it holds the last writes.',
}
