import type { Attention, LostReason } from '@/lib/domain/summary'
import { countOf, countText } from './count-text'
import { durationText } from './duration-text'
import { exposureSec } from './exposure'
import { LOST_WORDS } from './lost-words'
import { noteText } from './note-text'
import { workerStillSince } from './site-pulse'
import type { WallView } from './wall'
import { type SeenSites, type WallSite, type WallTone, wallSites } from './wall-sites'

export interface WallAnswer {
  readonly tone: WallTone
  /** The word before the colon, which must be right from across the room: `Protected`, `NOT protected`, `NOT KNOWN`. */
  readonly verdict: string
  readonly text: string
  readonly since: number | null
  /** Under it: the figures it rests on. */
  readonly detail: string
}

type Seen = SeenSites & Pick<WallView, 'counts'>

const unknown = (text: string, since: number | null, detail: string): WallAnswer => ({
  tone: 'unknown',
  verdict: 'NOT KNOWN',
  text,
  since,
  detail,
})

/** Are we protected, where not, since when: one line for a whole cloud. `lostAt`: since when this screen hears nothing. */
export function wallAnswer(view: Seen, lostAt: number | null, now: number): WallAnswer {
  if (lostAt !== null) return unknown('this screen has lost the console', lostAt, 'All below is from then.')
  const sites = wallSites(view, now)
  if (sites.length === 0) return unknown('no site is configured', null, 'antipode.yaml names the sites.')
  const still = workerStillSince(view.sites, now)
  if (still !== null) return unknown('nothing is being read', still, 'The worker stands still. All below is from then.')
  const dark = sites.filter(({ tone }) => tone === 'unknown')
  if (dark.length === sites.length) return allDark(sites)
  const bare = sites.filter((site) => site.bare)
  if (bare.length === sites.length)
    return bad('nothing is mirrored', null, 'If a site is lost now, all that it has is lost with it.')
  const known = sites.flatMap(({ tone, ifLost }) => (tone === 'unknown' || ifLost === null ? [] : [ifLost]))
  const images = known.reduce((sum, { primaries }) => sum + primaries, 0)
  const lost = sites.reduce((sum, site) => sum + (site.tone === 'unknown' ? 0 : site.lost), 0)
  const rest = figures(known, now)
  if (lost === 0 && bare.length === 0) return elsewise(view, dark, known, rest, images, now)
  const whole = bareText(bare)
  const much = `${countText(lost)} of ${countOf(images, 'image')}`
  // A site that is gone says it all; what it does to the others stands below.
  if (dark.length > 0) {
    const elsewhere = lost > 0 ? `${much} elsewhere would be lost: ${rest}` : ''
    return bad(darkText(dark), latest(dark), joined(waitedForText(view, now), elsewhere, whole))
  }
  if (lost > 0) return bad(`${much} would be lost`, sinceOf(view, CAUSES), joined(rest, whole))
  return bad(whole, null, joined(`all of ${bare.length === 1 ? 'it' : 'them'} would be lost`, rest))
}

const joined = (...parts: readonly (string | null)[]): string =>
  parts.filter((part) => part !== null && part !== '').join(' · ')

/** Sites of which no pool is mirrored; '' where there is none. */
const bareText = (bare: readonly WallSite[]): string =>
  bare.length === 0 ? '' : `nothing of ${bare.map(({ site }) => site.name).join(', ')} is mirrored`

const bad = (text: string, since: number | null, detail: string): WallAnswer => ({
  tone: 'bad',
  verdict: 'NOT protected',
  text,
  since,
  detail,
})

/** Nothing that is seen would be lost. */
function elsewise(
  view: Seen,
  dark: readonly WallSite[],
  known: readonly { readonly behindObjective: number }[],
  rest: string,
  images: number,
  now: number,
): WallAnswer {
  const critical = view.attention?.find(({ severity, key }) => severity === 'critical' && !key.startsWith('silent:'))
  if (critical !== undefined) return bad(lower(critical.title), critical.since, rest)
  if (dark.length > 0) {
    const since = latest(dark)
    const detail = joined(waitedForText(view, now), rest === '' ? '' : `Elsewhere: ${rest}`)
    return { ...unknown(darkText(dark), since, detail), verdict: 'NOT KNOWN everywhere' }
  }
  const unread = view.counts?.byVerdict.unknown ?? 0
  if (unread > 0) {
    const since = sinceOf(view, ['verdict:unknown'])
    return { ...unknown(`${countOf(unread, 'image')} cannot be read`, since, rest), verdict: 'NOT KNOWN everywhere' }
  }
  const late = known.reduce((sum, { behindObjective }) => sum + behindObjective, 0)
  const warning = view.attention?.find(({ severity }) => severity === 'warning')
  if (late > 0) {
    const text = `${countOf(late, 'image')} behind ${late === 1 ? 'its' : 'their'} objective`
    const planned = suspendedText(view, now)
    // Planned or not, that much would be lost: it is told in the colour of lag, and never as if all were well.
    if (planned !== null) {
      const detail = `${planned} · ${rest}`
      return { tone: 'behind', verdict: 'Protected, suspended', text, since: sinceOf(view, ['behind:']), detail }
    }
    return { tone: 'behind', verdict: 'Protected, late', text, since: sinceOf(view, ['behind:']), detail: rest }
  }
  if (warning !== undefined) {
    return { tone: 'behind', verdict: 'Protected', text: lower(warning.title), since: warning.since, detail: rest }
  }
  if (images === 0) return unknown('no image has its primary at any site', null, 'Nothing is mirrored yet.')
  return {
    tone: 'ok',
    verdict: 'Protected',
    text: `all ${countOf(images, 'image')} come back`,
    since: null,
    detail: rest,
  }
}

/** Until when and why, where every direction that is behind is so by a planned suspension; null where one is not. */
function suspendedText({ attention }: Pick<Seen, 'attention'>, now: number): string | null {
  const behind = (attention ?? []).filter(({ key }) => key.startsWith('behind:'))
  const [first] = behind.filter(({ severity }) => severity === 'suspended')
  if (first?.note === undefined || behind.some(({ severity }) => severity !== 'suspended')) return null
  return `as planned: ${noteText(first.note, now)}`
}

/** Who waits for a site that is silent, and why; null where nobody has said so. */
function waitedForText({ attention }: Pick<Seen, 'attention'>, now: number): string | null {
  const note = (attention ?? []).find(({ key, note: said }) => key.startsWith('silent:') && said !== undefined)?.note
  return note === undefined ? null : noteText(note, now)
}

/** What makes images be lost, as the worker keeps it with its beginning. */
const CAUSES = [
  'verdict:two-primaries',
  'verdict:split-brain',
  'verdict:no-copy',
  'verdict:unprotected',
  'verdict:error',
  'parents',
  'silent:',
]

function sinceOf({ attention }: Pick<Seen, 'attention'>, prefixes: readonly string[]): number | null {
  const times = (attention ?? [])
    .filter(({ key }: Attention) => prefixes.some((prefix) => key.startsWith(prefix)))
    .flatMap(({ since }) => since ?? [])
  return times.length === 0 ? null : Math.min(...times)
}

function allDark(sites: readonly WallSite[]): WallAnswer {
  const silent = sites.filter(({ since }) => since !== null)
  if (silent.length === 0) return unknown('no site has been read yet', null, 'The first round is under way.')
  // From when on nobody could see anything: until then one site at least was read.
  const text = sites.length === 1 ? `${sites[0]?.site.name} does not answer` : 'no site answers'
  return unknown(text, latest(silent), 'All below is from then.')
}

const latest = (sites: readonly WallSite[]): number | null => {
  const times = sites.flatMap(({ since }) => since ?? [])
  return times.length === 0 ? null : Math.max(...times)
}

function darkText(dark: readonly WallSite[]): string {
  const many = dark.length > 1
  const what = dark.some((site) => site.dark === 'silent')
    ? `${many ? 'do' : 'does'} not answer`
    : 'cannot be read in full'
  return `${dark.length > 2 ? `${dark.length} sites` : dark.map(({ site }) => site.name).join(' and ')} ${what}`
}

/** Why images would be lost; where none would be, the writes that would. */
function figures(known: readonly NonNullable<WallSite['ifLost']>[], now: number): string {
  const lost = new Map<LostReason, number>()
  for (const site of known)
    for (const { reason, images } of site.lost) lost.set(reason, (lost.get(reason) ?? 0) + images)
  const reasons = [...lost].sort((a, b) => b[1] - a[1])
  if (reasons.length > 0)
    return reasons.map(([reason, images]) => `${countText(images)} ${LOST_WORDS[reason]}`).join(' · ')
  const points = known.flatMap(({ worstHeldUntilAt }) => worstHeldUntilAt ?? [])
  return points.length === 0
    ? ''
    : `at worst the writes of the last ${durationText(exposureSec(Math.min(...points), now))} are gone`
}

const lower = (text: string): string => (/^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text)
