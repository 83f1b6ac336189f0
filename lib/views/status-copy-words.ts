import { plainObjective } from './plain-duration'
import { plainTime } from './plain-time'
import type { CopyState, ServiceStatus } from './status'
import type { ServiceNow } from './status-now'
import { listed, type Sentence, sentence } from './status-sentence'

type Said = readonly [state: CopyState, sure: Sentence['sure'], one: string, many: string]

/** What is in the way of a copy, with the number before it. */
const TROUBLE: readonly Said[] = [
  [
    'apart',
    'known',
    'has two copies that differ: somebody has to decide which one is right',
    'have two copies each that differ: somebody has to decide which are right',
  ],
  ['none', 'known', 'has no copy that could be used', 'have no copy that could be used'],
  [
    'incomplete',
    'known',
    'rests on data without a usable copy, so it would not come back',
    'rest on data without a usable copy, so they would not come back',
  ],
  [
    'first-copy',
    'known',
    'is being copied for the first time: until then there is nothing to go back to',
    'are being copied for the first time: until then there is nothing to go back to',
  ],
  [
    'unmeasured',
    'unknown',
    'has a copy of which it is not measured yet how much it holds',
    'have copies of which it is not measured yet how much they hold',
  ],
]

/** Is there a second copy, and does it follow? */
export function copyWords({ recovery }: Pick<ServiceStatus, 'recovery'>, figures: ServiceNow, now: number): Sentence[] {
  const { states, disks, copies, late, lateSince, worst, unseenCopies } = figures
  const said: Sentence[] = []
  const add = (sure: Sentence['sure'], text: string) => said.push(sentence('copy', sure, text))
  const kept = states['in-step']
  const where = copies.length === 0 ? 'at another site' : `at ${listed(copies)}`
  if (kept === disks) add('known', `A copy of all its data is kept ${where}.`)
  else if (kept > 0) add('known', `A copy of ${kept} of its ${disks} disks is kept ${where}.`)
  for (const [state, sure, one, many] of TROUBLE) {
    const count = states[state]
    if (count > 0)
      add(sure, count === 1 ? `One of its ${disks} disks ${one}.` : `${count} of its ${disks} disks ${many}.`)
  }
  for (const text of haltedTexts(figures, now)) add('known', text)
  if (late > 0 && worst !== null && recovery === null) {
    const since = lateSince === null ? '' : ` since ${plainTime(lateSince, now)}`
    const who = late >= disks ? 'The copy is' : late === 1 ? 'One disk is' : `${late} of its ${disks} disks are`
    add('known', `${who} further behind than the objective of ${plainObjective(worst.objectiveSec)}${since}.`)
  }
  // Of a copy that cannot be seen itself the sentence on the loss says so.
  if (states.unknown > 0 && unseenCopies.length === 0) {
    const which =
      states.unknown === disks ? 'its copies follow' : `the copies of ${states.unknown} of its ${disks} disks follow`
    add('unknown', `Whether ${which} is not known now.`)
  }
  return said
}

/** Copies that no longer follow. What planned work explains waits; of the rest it is said since when. */
function haltedTexts({ halted: { planned, unplanned, since }, disks }: ServiceNow, now: number): string[] {
  const of = (count: number) => (count === 1 ? `one of its ${disks} disks` : `${count} of its ${disks} disks`)
  const first = unplanned === 1 ? 'since' : 'the first since'
  const when = since === null ? 'since when is not known' : `${first} ${plainTime(since, now)}`
  return [
    ...(planned > 0 ? [`The copying of ${of(planned)} waits for the end of the planned work.`] : []),
    ...(unplanned > 0 ? [`The copying of ${of(unplanned)} has stopped, ${when}.`] : []),
  ]
}
