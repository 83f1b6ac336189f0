import type { ImageDetail } from './image-detail'

/** What may be done with one image, and if not why not, with the command that does it by hand. */
export interface ImageAction {
  readonly title: string
  /** Where it is done; null where it cannot be. */
  readonly href: string | null
  readonly refusal: string
}

/** `unknownSince`: one of its sides is not read any more. */
export function imageActions(detail: ImageDetail, unknownSince: number | null): ImageAction[] {
  return [failover(detail, unknownSince), chooseGood(detail), force(detail, unknownSince), resync(detail, unknownSince)]
}

function failover({ image, sides, run }: ImageDetail, unknownSince: number | null): ImageAction {
  const [from, to] = sides
  const title = `Fail over to ${to.site}…`
  const href = `/recover/failover?${new URLSearchParams({ from: from.site, to: to.site, ids: image.id })}`
  if (run !== null) return refused(title, `It is a member of the live run “${run.title}”.`)
  if (image.primarySite === null) {
    return refused(title, 'A planned failover begins where exactly one site is primary. Compare the two sides first.')
  }
  if (unknownSince !== null) {
    return refused(title, 'One of its sites is not read now: a planned failover proves at both that nothing is lost.')
  }
  if (image.verdict === 'copying')
    return refused(title, 'The first copy is still being made: nothing whole is there to promote.')
  const reason = NOT_MOVED[image.verdict]
  if (reason !== undefined) return refused(title, reason)
  return { title, href, refusal: '' }
}

/** Verdicts in which the proof before the promotion could not be had. */
const NOT_MOVED: Partial<Record<ImageDetail['image']['verdict'], string>> = {
  'no-copy': 'The other site has no copy of it.',
  'split-brain': 'The two copies have gone separate ways: decide first which is the good one.',
  hollow: 'Where the data of its parent was the copy reads zeros: resync it first.',
  error: 'rbd-mirror has given up on the copy: mend that first, what it last said is above.',
  stopped: 'The copy does not follow: nothing would prove that it holds the last writes.',
}

/** Nothing is resynced, which deletes first: what lost is kept under another name, and a new copy is made. */
function chooseGood({ image, sides, run }: ImageDetail): ImageAction {
  const [first, second] = sides
  const title = 'Choose the good copy…'
  if (run !== null) return refused(title, `It is a member of the live run “${run.title}”.`)
  if (image.verdict !== 'two-primaries' && image.verdict !== 'split-brain')
    return refused(title, 'Both copies have one history: there is nothing to choose.')
  // In a split-brain the one that is primary is the first guess, no more: the wizard asks.
  const from = image.primarySite ?? first.site
  const to = from === first.site ? second.site : first.site
  return { title, href: `/recover/reprotect?${new URLSearchParams({ from, to, ids: image.id })}`, refusal: '' }
}

/** What does not follow may have nothing of its own: the wizard looks, and refuses where it has. */
const MAY_NOT_FOLLOW: readonly ImageDetail['image']['verdict'][] = ['hollow', 'split-brain', 'error', 'stopped']

function resync({ image, sides, run }: ImageDetail, unknownSince: number | null): ImageAction {
  const [from, to] = sides
  const title = `Resync at ${to.site}…`
  if (run !== null) return refused(title, `It is a member of the live run “${run.title}”.`)
  if (image.primarySite === null)
    return refused(title, 'A resync deletes a copy first: without exactly one primary the last one would be gone.')
  if (unknownSince !== null)
    return refused(title, 'One of its sites is not read now: a resync needs a primary that answers.')
  if (!MAY_NOT_FOLLOW.includes(image.verdict)) return refused(title, 'Its copy follows, or is being made already.')
  const href = `/recover/resync?${new URLSearchParams({ from: from.site, to: to.site, ids: image.id })}`
  return { title, href, refusal: '' }
}

function force({ image, sides, run }: ImageDetail, unknownSince: number | null): ImageAction {
  const [from, to] = sides
  const title = `Promote by force at ${to.site}…`
  if (run !== null) return refused(title, `It is a member of the live run “${run.title}”.`)
  if (image.primarySite !== null && unknownSince === null) {
    return refused(
      title,
      `${from.site} answers and is primary: two primaries would take writes that the other never gets. Use the failover.`,
    )
  }
  if (image.primarySite === null) return refused(title, 'No site was primary alone when it was last read.')
  return {
    title,
    href: `/recover/forced?${new URLSearchParams({ from: from.site, to: to.site, ids: image.id })}`,
    refusal: '',
  }
}

const refused = (title: string, refusal: string): ImageAction => ({ title, href: null, refusal })
