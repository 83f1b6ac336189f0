import type { Lineage } from '@/lib/domain/lineage'
import type { PeerMarks } from '@/lib/domain/peer-mark'
import type { ImageMember } from '@/lib/domain/plan'
import { passedWithCinder } from '@/lib/domain/procedure-traits'
import { proof } from '@/lib/domain/proof'
import type { Reading } from '@/lib/domain/reading'
import { STOP_MIRROR } from '@/lib/domain/restart-mirror'
import { specText } from '@/lib/domain/words'
import { mirrorArgv } from '@/lib/ports/mirror'
import { lostSide } from '../look-at'
import {
  blocked,
  done,
  type Look,
  type Overdue,
  ready,
  type Step,
  type StepContext,
  type Subject,
  stepFor,
  waiting,
} from '../step'
import { marksOrNone, NO_MARKS } from './peer-marks'
import { notLost, triedFrom } from './see-silence'

const HOW_TO_STOP = STOP_MIRROR.map(({ by, line }) => `${by}: ${line}`).join('; ')

/** Seen on the lab: rbd-mirror that reads from a dead peer keeps the image's lock, and what changes the image waits for it. */
export const heldByMirror = (then = ''): Overdue => ({
  afterMs: 30_000,
  hint: ({ from, to }) =>
    `rbd-mirror at ${to} hangs on ${from} and keeps its lock: stop rbd-mirror at ${to}${then} (${HOW_TO_STOP}). Start it again when ${from} is back`,
})

/**
 * The copy takes the role without the other side's leave. Never while the other side answers as primary: that would be two
 * primaries, made by us. Where it answers as demoted, and the copy holds everything, no force is needed.
 */
export const forcePromote: Step = stepFor('image', {
  name: 'force-promote',
  async observe(subjects, context) {
    const { plan, mirror } = context
    const copies = await mirror(plan.to).lineages(subjects.map(({ member }) => member.image))
    // A dead site takes seconds to say nothing: it is asked only of those that are still to be promoted.
    const open = subjects.filter((_, index) => !isPrimary(copies[index]))
    const lost = open.length === 0 ? null : await whatIsLost(open, context)
    return subjects.map((subject, index): Look => {
      const copy = copies[index]
      if (copy === undefined) return waiting('not read')
      const marks = lost?.marks(subject.member) ?? NO_MARKS
      const look = judge(subject.member, lost?.readings.get(subject) ?? NOT_ASKED, copy, marks, context)
      const byForce = look.kind === 'ready' && look.argv.includes('--force')
      return byForce && lost != null && lost.answers !== null ? waiting(lost.answers) : look
    })
  },
  preview: (member, plan) => [{ site: plan.to, argv: mirrorArgv.forcePromote(specText(member.image)) }],
  rank: (member) => member.generation,
  overdue: heldByMirror(', the promotion goes on by itself within a minute'),
})

const NOT_ASKED: Reading<Lineage> = { kind: 'unknown', reason: 'not asked' }

/** What the lost site says of these, and why it is not taken for lost, if so: seen once it says nothing of hours later. */
async function whatIsLost(open: readonly Subject<ImageMember>[], context: StepContext) {
  const { plan, mirror } = context
  const [side, tried] = await Promise.all([lostSide(open, context), triedFrom(plan, mirror(plan.to))])
  const asked = { from: 'this console', answered: !side.silent, tried: true, text: side.told }
  const readings = new Map(open.map((subject, index) => [subject, side.readings[index]]))
  const some = side.readings.some(({ kind }) => kind === 'known')
  const marks = some ? await marksOrNone(open, context) : () => NO_MARKS
  return { readings, marks, answers: notLost(plan, [asked, tried]) }
}

const isPrimary = (read: Reading<Lineage> | undefined): boolean =>
  read?.kind === 'known' && read.value.role === 'primary'

function judge(
  member: ImageMember,
  from: Reading<Lineage>,
  to: Reading<Lineage>,
  marks: PeerMarks,
  { plan }: StepContext,
): Look {
  const spec = specText(member.image)
  if (to.kind === 'unknown') return waiting(`not known at ${plan.to}: ${to.reason}`)
  if (to.value.globalId !== member.globalId)
    return blocked(`another image has this name at ${plan.to} now: its global id is ${to.value.globalId}`)
  if (to.value.role === 'primary') {
    const other = from.kind === 'known' && from.value.role === 'primary'
    return done(other ? `primary at ${plan.to}; ${plan.from} is back, and primary too` : `primary at ${plan.to}`)
  }
  if (from.kind === 'unknown') return ready(plan.to, mirrorArgv.forcePromote(spec))
  if (from.value.role === 'primary')
    return blocked(`${plan.from} answers again, and it is primary there: set it aside, and fail it over as planned`)
  const held = proof(from, to, marks)
  if (held.kind === 'proven') return ready(plan.to, mirrorArgv.promote(spec))
  return blocked(`${plan.from} answers again, and it is demoted there (${held.reason}): fail it over as planned`)
}

/** It has the role: the copy says so itself. */
export const seePrimary: Step = stepFor('image', {
  name: 'see-primary',
  async observe(subjects, { plan, mirror }) {
    const found = await mirror(plan.to).lineages(subjects.map(({ member }) => member.image))
    return subjects.map(({ memo }, index): Look => {
      const one = found[index]
      if (one === undefined || one.kind === 'unknown')
        return waiting(`not known at ${plan.to}: ${one?.reason ?? 'not read'}`)
      return one.value.role === 'primary'
        ? done(`primary at ${plan.to}`, passedWithCinder(plan, memo))
        : blocked(`not primary at ${plan.to}; somebody demoted it since`)
    })
  },
})
