import { plainDuration, plainObjective } from './plain-duration'
import { plainTime } from './plain-time'
import { recoveryState, recoveryWords } from './recovery-words'
import type { ServiceStatus } from './status'
import { copyWords } from './status-copy-words'
import { type HeldFlow, type ServiceNow, serviceNow } from './status-now'
import { listed, type Sentence, sentence } from './status-sentence'
import { pausedAsPlanned, statedWords } from './status-stated-words'

export interface ServiceWords {
  readonly tone: 'ok' | 'copying' | 'behind' | 'bad' | 'unknown'
  /** Two or three words: how the service stands. */
  readonly state: string
  readonly since: number | null
  readonly sentences: readonly Sentence[]
  /** When the oldest of the readings was taken that this rests on. */
  readonly readAt: number | null
  /** Sites that it cannot be seen at. */
  readonly silent: ServiceNow['silent']
}

/** All that the status page says of one service at one moment. Nothing of it is written by hand but the note. */
export function serviceWords(service: ServiceStatus, now: number): ServiceWords {
  const figures = serviceNow(service, now)
  const recovery = service.recovery === null ? [] : recoveryWords(service.recovery, now)
  return {
    ...stateOf(service, figures, now),
    readAt: figures.readAt,
    silent: figures.silent,
    sentences: [
      ...recovery.map((text): Sentence => ({ about: 'recovery', sure: 'known', text })),
      ...(figures.disks === 0
        ? [sentence('place', 'unknown', 'No data belongs to this service now, so nothing can be said of it.')]
        : [
            ...placeWords(service, figures, now),
            ...copyWords(service, figures, now),
            ...statedWords(service, now),
            ...lossWords(figures, now),
          ]),
    ],
  }
}

/** Disks whose copy could not be used if their site failed now. A move closes its disks: that is no trouble. */
const uncovered = ({ recovery }: Pick<ServiceStatus, 'recovery'>, { states }: ServiceNow): number =>
  states.incomplete + states.none + states.apart + (recovery === null ? states.closed : 0)

function stateOf(
  service: ServiceStatus,
  figures: ServiceNow,
  now: number,
): Pick<ServiceWords, 'tone' | 'state' | 'since'> {
  const { states, disks, silent, halted, late, lateSince, places } = figures
  const since = (at: number | null | undefined) => ({ since: at ?? null })
  if (service.recovery !== null) {
    const { kind, wish, startedAt, stopped } = service.recovery
    const state = wish === 'stop' ? 'Being stopped' : stopped > 0 ? 'Needs a decision' : recoveryState[kind]
    return { tone: stopped > 0 ? 'behind' : 'copying', state, ...since(startedAt) }
  }
  if (disks === 0) return { tone: 'unknown', state: 'Nothing in it', ...since(null) }
  if (uncovered(service, figures) > 0) return { tone: 'bad', state: 'Not fully protected', ...since(null) }
  if (states.unknown > 0) {
    const times = silent.map(({ since: at }) => at)
    const first = times.some((at) => at === null) ? null : Math.min(...(times as number[]))
    const served = places.reduce((sum, place) => sum + place.disks, 0)
    const state = served === disks ? 'Copy not known' : states.unknown === disks ? 'Not known' : 'Partly not known'
    return { tone: 'unknown', state, ...since(first) }
  }
  if ((states.halted > 0 || late > 0) && pausedAsPlanned(service, now)) {
    return { tone: 'behind', state: 'Copying paused, as planned', ...since(null) }
  }
  if (halted.unplanned > 0) return { tone: 'behind', state: 'Copying has stopped', ...since(halted.since) }
  if (late > 0) return { tone: 'behind', state: 'Behind its objective', ...since(lateSince) }
  if (states['first-copy'] > 0) return { tone: 'copying', state: 'First copy being made', ...since(null) }
  if (states.unmeasured > 0) return { tone: 'unknown', state: 'Being measured', ...since(null) }
  const [place] = places
  const away = service.home !== null && place !== undefined && places.length === 1 && place.site !== service.home
  return { tone: 'ok', state: away ? `Protected, at ${place.site}` : 'Protected', ...since(null) }
}

/** Where its data is in use. That its servers run there is not known yet, and is not said. */
function placeWords({ home, recovery }: ServiceStatus, figures: ServiceNow, now: number): Sentence[] {
  const { places, disks, states, silent } = figures
  const usual = (site: string) => (site === home ? `${site}, its usual place` : site)
  const [first] = places
  const said: Sentence[] = []
  if (first !== undefined && first.disks === disks) {
    const elsewhere = home !== null && first.site !== home ? `, not from ${home}, its usual place` : ''
    said.push(sentence('place', 'known', `Its data is served from ${usual(first.site)}${elsewhere}.`))
  } else if (first !== undefined) {
    const [, ...others] = places
    const most = `${first.disks} of its ${disks} disks ${first.disks === 1 ? 'is' : 'are'} served from ${usual(first.site)}`
    const rest = others.map(({ site, disks: some }) => `${some} from ${usual(site)}`)
    const comma = first.site === home ? ', ' : ' '
    said.push(sentence('place', 'known', `${most}${rest.length === 0 ? '' : `${comma}and ${listed(rest)}`}.`))
  }
  if (states.closed > 0 && recovery === null) {
    const them = states.closed === disks ? 'Its data' : `${states.closed} of its ${disks} disks`
    said.push(sentence('place', 'known', `${them} can be written at neither site now.`))
  }
  for (const { site, since } of silent) {
    const when = since === null ? 'has not been read yet' : `has not been read since ${plainTime(since, now)}`
    said.push(sentence('place', 'unknown', `${site} ${when}: how this service stands there is not known.`))
  }
  return said
}

/** What would be gone if the site that serves it failed now: what is measured, what is bounded, and what nobody can say. */
function lossWords({ worst, worstUnseen, unseenCopies, states }: ServiceNow, now: number): Sentence[] {
  const said: Sentence[] = []
  const loss = ({ heldUntilAt }: HeldFlow) => plainDuration((now - heldUntilAt) / 1000)
  const objective = ({ objectiveSec }: HeldFlow) => `the objective is ${plainObjective(objectiveSec)}`
  if (worst !== null) {
    const measured = worst.grade === 'measured'
    const most = measured ? '' : ' at most'
    const text = `If ${worst.from} failed now, the changes of the last ${loss(worst)} would be missing${most} (${objective(worst)}).`
    said.push(sentence('loss', measured ? 'known' : 'estimated', text))
  }
  if (worstUnseen !== null) {
    const text = `If ${worstUnseen.from} is lost, the changes of the last ${loss(worstUnseen)} are missing at most, counted on from what its copy is known to hold (${objective(worstUnseen)}).`
    said.push(sentence('loss', 'estimated', text))
  }
  for (const { from, to } of unseenCopies) {
    const text = `How much would be lost if ${from} failed now is not known: its copy at ${to} cannot be seen.`
    said.push(sentence('loss', 'unknown', text))
  }
  if (said.length === 0 && states.unmeasured + states.unknown > 0) {
    said.push(sentence('loss', 'unknown', 'How much would be lost if its site failed now is not known.'))
  }
  return said
}
