import { plainDuration, plainObjective } from './plain-duration'
import { plainTime } from './plain-time'
import type { ServiceRecovery } from './status'

const STAGE_WORDS: Readonly<Record<ServiceRecovery['stage'], (recovery: ServiceRecovery) => string>> = {
  check: () => 'checking that everything is ready',
  quiet: ({ from }) => `waiting until nobody writes at ${from} any more`,
  carry: ({ to }) => `carrying the last changes to ${to}`,
  close: ({ from }) => `closing the data at ${from}`,
  prove: ({ to }) => `proving that ${to} holds everything`,
  open: ({ to }) => `opening the data at ${to}`,
  try: ({ to }) => `checking that the data can be used at ${to}`,
  'way-back': ({ from }) => `setting up the copy back to ${from}`,
  'under-way': () => 'under way',
}

/** How often a recovery is spoken of anew, whether or not anything has changed. */
const WORD_EVERY_MS = 15 * 60_000

/** The next quarter of an hour, counted from the start: so that who waits knows when to look again. */
export const nextWordAt = (startedAt: number, now: number): number =>
  startedAt + (Math.floor(Math.max(0, now - startedAt) / WORD_EVERY_MS) + 1) * WORD_EVERY_MS

type Words = Readonly<Record<ServiceRecovery['kind'], (recovery: ServiceRecovery) => string>>

const IS: Words = {
  move: ({ from, to }) => `Its data is being moved from ${from} to ${to}`,
  rescue: ({ from, to }) => `${from} is taken for lost; its data is being opened at ${to}`,
  repair: () => 'Its protection is being made whole again',
}

const WILL: Words = {
  move: ({ from, to }) => `Its data is about to be moved from ${from} to ${to}`,
  rescue: ({ from, to }) => `${from} is taken for lost; its data is about to be opened at ${to}`,
  repair: () => 'Its protection is about to be made whole again',
}

/** The same in two words. */
export const recoveryState: Readonly<Record<ServiceRecovery['kind'], string>> = {
  move: 'Being moved',
  rescue: 'Being recovered',
  repair: 'Being repaired',
}

/** A live recovery in sentences, each of them known: they are what the engine itself does. */
export function recoveryWords(recovery: ServiceRecovery, now: number): readonly string[] {
  const { to, startedAt, disks, arrived, stopped, rtoSec, stepIdx, steps } = recovery
  if (startedAt === null || recovery.state === 'queued') {
    return [`${WILL[recovery.kind](recovery)}.`]
  }
  const lines = [`${IS[recovery.kind](recovery)} since ${plainTime(startedAt, now)}.`]
  lines.push(standing(recovery))
  lines.push(`Stage ${stepIdx + 1} of ${steps}: ${STAGE_WORDS[recovery.stage](recovery)}.`)
  if (recovery.kind !== 'repair') lines.push(`${arrived} of ${disks} disks have been opened at ${to}.`)
  if (stopped > 0) {
    lines.push(
      stopped === 1
        ? 'One disk waits for a decision by the operators.'
        : `${stopped} disks wait for a decision by the operators.`,
    )
  }
  const dueAt = startedAt + rtoSec * 1000
  lines.push(
    now <= dueAt
      ? `It is meant to end by ${plainTime(dueAt, now)}. Next word by ${plainTime(nextWordAt(startedAt, now), now)}.`
      : `It has lasted ${plainDuration((now - startedAt) / 1000)}, longer than the ${plainObjective(rtoSec)} that were meant. Next word by ${plainTime(nextWordAt(startedAt, now), now)}.`,
  )
  return lines.filter((line) => line !== '')
}

function standing({ kind, state, wish, from }: ServiceRecovery): string {
  if (wish === 'stop' && kind !== 'move') return 'It is being stopped.'
  if (wish === 'stop')
    return `It is being stopped: what had not arrived yet is opened at ${from} again, where that is safe.`
  if (state === 'paused' || wish === 'pause') return 'The operators have paused it.'
  return ''
}
