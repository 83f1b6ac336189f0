import { specText } from '@/lib/domain/words'
import type { ImageDetail } from './image-detail'

/** What may be done with one image, and if not why not, with the command that does it by hand. */
export interface ImageAction {
  readonly title: string
  /** Where it is done; null where it cannot be. */
  readonly href: string | null
  readonly refusal: string
}

const LATER = 'Antipode does not do this by itself yet.'

/** `unknownSince`: one of its sides is not read any more. */
export function imageActions(detail: ImageDetail, unknownSince: number | null): ImageAction[] {
  const [first, second] = detail.sides
  return [failover(detail, unknownSince), resync(detail, second.site), promote(detail, first.site, second.site)]
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
  error: 'rbd-mirror has given up on the copy: mend that first, what it last said is above.',
  stopped: 'The copy does not follow: nothing would prove that it holds the last writes.',
}

function resync({ image }: ImageDetail, copySite: string): ImageAction {
  const title = `Resync at ${copySite}`
  if (image.primarySite === null) {
    return refused(
      title,
      'Resync throws the copy away and needs a living primary to copy from. There is no single primary.',
    )
  }
  if (image.verdict === 'following') return refused(title, 'The copy follows: it has nothing to copy anew.')
  return refused(title, `${LATER} By hand, at ${copySite}: rbd mirror image resync ${specText(image)}`)
}

function promote({ image }: ImageDetail, primarySite: string, copySite: string): ImageAction {
  const title = `Promote by force at ${copySite}`
  if (image.primarySite !== null) {
    return refused(
      title,
      `${primarySite} is primary: two primaries would take writes that the other never gets. Use the failover.`,
    )
  }
  return refused(title, `${LATER} First make sure that nothing writes at ${primarySite} any more.`)
}

const refused = (title: string, refusal: string): ImageAction => ({ title, href: null, refusal })
