import { WAY_BACK } from '@/lib/domain/cloud-place'
import { memberName, type Plan } from '@/lib/domain/plan'
import { cloudArgv } from '@/lib/ports/cloud'
import type { Memo } from '@/lib/ports/run-journal'
import { bothSides } from '../../look-at'
import { blocked, done, type Look, ready, type Step, type StepContext, stepFor, waiting } from '../../step'
import { checkCopy } from '../check-copy'
import { forcePromote } from '../force-promote'
import { peerMarks } from '../peer-marks'
import { proofFor } from '../prove'
import { fromService, planned, volumesInTheWay } from './backend'

/**
 * Cinder does the promoting, so that its own records end right. It finds every image demoted, stops demoting at the first,
 * and promotes them all: on an image whose demotion has arrived its force adds nothing (proven on the lab, both ways).
 * Each image is proven once more right before, and any volume that is in the plan for nothing forbids it. Called for the
 * target that serves already it would demote and promote there again, so it is never called then.
 */
export const failOverBackend: Step = stepFor('backend', {
  name: 'fail-over-backend',
  observe: (subjects, context) =>
    Promise.all(
      subjects.map(({ member, memo }) =>
        fromService(member, context, async (service, stand): Promise<Look> => {
          switch (stand.kind) {
            case 'under-way':
            case 'cannot':
              return waiting(stand.text)
            case 'stuck':
              return blocked(stand.text)
            case 'after':
              return done(`${member.host} serves from ${member.target === WAY_BACK ? 'its first site' : member.target}`)
            case 'before': {
              const unready = await (context.plan.procedure === 'cinder-forced'
                ? unlostImage(context)
                : unprovenImage(context))
              if (unready !== null) return unready
              const told = toldAt(memo)
              if (told !== null) return toldAlready(member.host, told, context)
              const inTheWay = await volumesInTheWay(member, service, context)
              const note = { ...memo, toldAt: context.clock.now() }
              return inTheWay ?? ready(member.cloud, cloudArgv.failoverHost(member.host, member.target), note)
            }
          }
        }),
      ),
    ),
  preview: (member) => [{ site: member.cloud, argv: cloudArgv.failoverHost(member.host, member.target) }],
})

/** A request that was taken shows in Cinder's row at once; one that lies in its queue may come later. */
const SETTLES_MS = 60_000

const toldAt = ({ toldAt: at }: Memo): number | null => (typeof at === 'number' ? at : null)

/** Told once, and where it was: it may still come, and told twice it would demote and promote once more. */
const toldAlready = (host: string, at: number, { clock }: StepContext): Look =>
  clock.now() - at < SETTLES_MS
    ? waiting(`Cinder was told to fail over ${host} and does not say so yet`)
    : blocked(
        `Cinder was told to fail over ${host} at ${new Date(at).toISOString()} and is where it was: look at the log of cinder-volume and at its queue. A retry tells it again`,
      )

const alreadyThere = (name: string, { to }: Plan): string =>
  `${name} is primary at ${to} already: Cinder would put its volume in error. If Cinder was cut off in the middle: demote at ${to} what it had promoted there, wait until the other site holds that, promote it there, and retry`

/** The first image of the plan that is not demoted at both sites with all that was written: also one that was set aside. */
async function unprovenImage(context: StepContext): Promise<Look | null> {
  const { plan } = context
  const subjects = planned.images(plan).map((member) => ({ member, memo: {} }))
  const [sides, marks] = await Promise.all([bothSides(subjects, context), peerMarks(subjects, context)])
  for (const [index, { member }] of subjects.entries()) {
    const { from, to } = sides[index] ?? {}
    const name = memberName(member)
    if (from === undefined || to === undefined) return waiting(`${name} was not read`)
    if (from.kind === 'known' && from.value.role === 'primary')
      return blocked(
        `${name} is primary at ${plan.from}: Cinder would promote it at ${plan.to} by force, and both sides would be primary`,
      )
    if (to.kind === 'known' && to.value.role === 'primary') return blocked(alreadyThere(name, plan))
    const held = proofFor(plan, from, to, marks(member))
    if (held.kind === 'unproven') return waiting(`${name}: ${held.reason}`)
  }
  return null
}

/** The first image that must not be promoted by force: its primary answers, or the site is not seen to be lost. */
async function unlostImage(context: StepContext): Promise<Look | null> {
  const { plan } = context
  const members = planned.images(plan)
  const subjects = members.map((member) => ({ member, memo: {} }))
  // Side by side: a dead site takes seconds to say nothing, each time that it is asked.
  const [looks, copies] = await Promise.all([
    forcePromote.observe(subjects, context),
    checkCopy.observe(subjects, context),
  ])
  for (const [index, member] of members.entries()) {
    const look = looks[index]
    const name = memberName(member)
    const copy = copies[index]
    if (copy !== undefined && copy.kind !== 'done' && copy.kind !== 'ready')
      return { ...copy, reason: `${name}: ${copy.reason}; Cinder would promote it all the same` }
    if (look === undefined) return waiting(`${name} was not read`)
    if (look.kind === 'done') return blocked(alreadyThere(name, plan))
    if (look.kind !== 'ready') return { ...look, reason: `${name}: ${look.reason}` }
  }
  return null
}
