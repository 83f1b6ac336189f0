import { countWord } from './count-word'
import { plainTime } from './plain-time'
import type { ServiceRecovery, ServiceStatus } from './status'
import { listed } from './status-sentence'
import type { ServiceWords } from './status-words'

export interface Headline {
  readonly tone: ServiceWords['tone'] | 'none'
  readonly text: string
}

interface Said {
  readonly service: Pick<ServiceStatus, 'name' | 'recovery'>
  readonly words: ServiceWords
}

const RANK: Record<ServiceWords['tone'], number> = { bad: 0, unknown: 1, behind: 2, copying: 3, ok: 4 }

/** The whole page in one sentence: what is under way, how many are well, and which one is worst. */
export function headline(all: readonly Said[], now: number): Headline {
  if (all.length === 0) return { tone: 'none', text: 'No service has been named for this page yet.' }
  const moving = all.filter(({ service }) => service.recovery !== null)
  const still = all.filter(({ service }) => service.recovery === null)
  const well = still.filter(({ words }) => words.tone === 'ok')
  const ill = still.filter(({ words }) => words.tone !== 'ok').sort((a, b) => RANK[a.words.tone] - RANK[b.words.tone])
  // A site that is silent is why nothing is known of what is there: said once, and not once a service.
  const others = ill.filter(({ words }) => words.silent.length === 0 || words.tone === 'bad')
  const parts = [
    ...(moving.length > 0 ? [movingText(moving)] : []),
    ...silentTexts(all, now),
    ...(still.length > 0 ? [wellText(well.length, still.length, moving.length > 0)] : []),
    ...(others.length > 0 && others.length < 4 ? [illText(others, now)] : []),
  ]
  return {
    tone: ill[0]?.words.tone ?? (moving.length > 0 ? 'copying' : 'ok'),
    text: parts.filter((part) => part !== '').join(' '),
  }
}

/** Since when is told by who has missed it longest: services are read by different pools. */
function silentTexts(all: readonly Said[], now: number): string[] {
  const sites = new Map<string, number | null>()
  for (const { words } of all) {
    for (const { site, since } of words.silent) {
      const before = sites.get(site)
      sites.set(site, before === undefined || since === null ? since : before === null ? null : Math.min(before, since))
    }
  }
  return [...sites].map(([site, since]) =>
    since === null
      ? `${site} has not been heard of yet.`
      : `${site} has not been heard of since ${plainTime(since, now)}.`,
  )
}

const DOING: Readonly<Record<ServiceRecovery['kind'], (recovery: ServiceRecovery) => string>> = {
  move: ({ from, to }) => `being moved from ${from} to ${to}`,
  rescue: ({ from, to }) => `being recovered at ${to}, since ${from} is taken for lost`,
  repair: () => 'having their protection repaired',
}

/** One sentence for all that go the same way. */
function movingText(moving: readonly Said[]): string {
  const ways = new Map<string, string[]>()
  for (const { service } of moving) {
    if (service.recovery === null) continue
    const way = DOING[service.recovery.kind](service.recovery)
    ways.set(way, [...(ways.get(way) ?? []), service.name])
  }
  return [...ways]
    .map(([way, names]) =>
      names.length === 1 ? `${names[0]} is ${way.replace('their', 'its')}.` : `${listed(names)} are ${way}.`,
    )
    .join(' ')
}

function wellText(well: number, all: number, moving: boolean): string {
  const rest = moving ? 'other ' : ''
  if (well === all) {
    if (all === 1) return moving ? 'The other service is protected.' : 'The service is protected.'
    return all === 2 ? `Both ${rest}services are protected.` : `All ${countWord(all)} ${rest}services are protected.`
  }
  if (well === 0)
    return all === 1 ? '' : `None of the ${countWord(all)} ${rest}services is known to be fully protected.`
  return `${capital(countWord(well))} of ${countWord(all)} ${rest}services ${well === 1 ? 'is' : 'are'} protected.`
}

/** `Archive: not known since 11:52 UTC.` */
const illText = (ill: readonly Said[], now: number): string =>
  `${ill
    .map(({ service, words }) => {
      const since = words.since === null ? '' : ` since ${plainTime(words.since, now)}`
      return `${service.name}: ${words.state.charAt(0).toLowerCase()}${words.state.slice(1)}${since}`
    })
    .join('; ')}.`

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
