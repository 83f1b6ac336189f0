import type { Gate } from '@/lib/domain/boot-order'
import { memberName, type Plan, type PlanMember, type Procedure } from '@/lib/domain/plan'
import { TAKEN_DOWN, takenDownBy } from '@/lib/domain/taken-down'
import type { SiteName } from '@/lib/domain/words'
import { steps } from '@/lib/engine/registry'
import type { PreviewedAct } from '@/lib/engine/step'
import { gateBefore, guarded, guardFunctions } from './runbook-guards'
import { names } from './set-up'
import { shellWord } from './shell-word'

export interface RunbookLine {
  readonly step: number
  readonly member: PlanMember
  /** Where it is run: a site, or from this console. */
  readonly site: string
  line(shown: Shown): string
}

/** Gates are looked at from where the worker runs, and not at a site. */
const HERE = 'this console'

/** Every command of a plan in order: what the engine runs, from the same functions; and what a gate is looked at with. */
export function commandsOf(plan: Plan): readonly RunbookLine[] {
  return plan.steps.flatMap(({ name }, step) =>
    plan.members
      .flatMap((member) => {
        const one = steps[name].find((candidate) => candidate.applies(member, plan))
        if (one === undefined) return []
        const rank = one.rank?.(member) ?? 0
        return linesOf(member, one.preview(member, plan)).map((line) => ({ ...line, step, member, rank }))
      })
      .sort((a, b) => a.rank - b.rank),
  )
}

function linesOf(member: PlanMember, acts: readonly PreviewedAct[]): readonly Pick<RunbookLine, 'site' | 'line'>[] {
  if (member.kind === 'gate') return [{ site: HERE, line: () => gateLine(member.gate) }]
  return acts.map((act) => ({ site: act.site, line: (shown) => commandLine(act, shown) }))
}

/** Waits until the gate is open, as a person would at a shell. */
function gateLine(gate: Gate): string {
  switch (gate.kind) {
    case 'port':
      return `until nc -z -w 3 ${shellWord(gate.host)} ${gate.port}; do sleep 2; done`
    case 'http':
      return `until [ "$(curl -s -o /dev/null -w '%{http_code}' --max-time 3 ${shellWord(gate.url)})" = ${gate.status} ]; do sleep 2; done`
    case 'pause':
      return `sleep ${gate.sec}`
    case 'human':
      return `printf '%s Type yes to go on: ' ${shellWord(gate.question)} && read -r answer && [ "$answer" = yes ] || exit 1`
  }
}

type Shown = (site: SiteName, argv: readonly string[]) => readonly string[]

/** A whole line as a person types it. A token or a key goes through a pipe: on no screen and in no file. */
export function commandLine({ site, argv, secretFrom }: PreviewedAct, shown: Shown): string {
  const line = (at: SiteName, words: readonly string[]) => shown(at, words).map(shellWord).join(' ')
  return secretFrom === undefined ? line(site, argv) : `${line(secretFrom.site, secretFrom.argv)} | ${line(site, argv)}`
}

const HEADS: Readonly<Record<Procedure, (plan: Plan) => string>> = {
  'planned-failover': ({ from, to }) => `Planned failover from ${from} to ${to}`,
  'forced-failover': ({ from, to }) => `Failover by force: ${from} is lost, ${to} takes over`,
  reprotect: ({ from, to }) =>
    `Protection again: ${from} was chosen, ${to} keeps what it has aside and gets new copies`,
  promote: ({ from, to }) => `Promotion at ${to} of what is demoted at ${from} as well`,
  demote: ({ from }) => `Demotion at ${from}; promoted nowhere`,
  snapshot: ({ from }) => `Mirror snapshots at ${from}`,
  disable: ({ from, to }) => `The mirroring of images of ${from} ends; their copies at ${to} are deleted`,
  flatten: ({ from }) => `Flattening of clones at ${from}`,
  'set-up': ({ from, to }) => `Mirroring is set up: copies of images of ${from} at ${to}`,
  'take-down': ({ steps, from, to }) => TAKEN_DOWN[takenDownBy(steps)].happens(from, to),
  resync: ({ from, to }) => `Resync: copies at ${to} are deleted and copied again from ${from}`,
  'cinder-forced': ({ from, to }) => `Cinder backend by force: ${from} is lost, ${to} takes over`,
  'cinder-failover': ({ from, to, members }) =>
    `Cinder backend ${
      members
        .find(({ kind }) => kind === 'backend')
        ?.key.split('/')
        .slice(1)
        .join('/') ?? ''
    } from ${from} to ${to}`,
}

const WARNINGS: Readonly<Record<Exclude<Procedure, 'take-down'>, string>> = {
  'planned-failover':
    'Read each step before you run it: a promote is safe only after its proof. Nothing here uses force.',
  'forced-failover': 'What the copies do not hold is lost. Run nothing of this while the old primary answers.',
  reprotect: 'Nothing is deleted. Run nothing of this unless the chosen copy is a primary that answers.',
  promote: 'A promote is safe only after its proof. Nothing here uses force.',
  demote: 'Nobody can write to these images until one side is promoted.',
  snapshot: 'Nothing is lost by it, and nothing is protected before it is complete at the copy.',
  disable: 'rbd-mirror deletes each copy as soon as its mirroring ends. What is kept must be a primary.',
  flatten: 'It cannot be taken back, and takes room at both sites.',
  'set-up':
    'What is so already is refused or changes nothing. A token goes from one command to the other and into no file.',
  'cinder-forced': 'What the copies do not hold is lost. Run nothing of this while the old primary answers.',
  'cinder-failover':
    'Tell Cinder to fail over only when every image is proven demoted at both sites: what is not is promoted by force.',
  resync:
    'A resync deletes the copy first. Run nothing of this unless the peer answers as primary and holds all that the copy has.',
}

/**
 * The run as a shell script, for going on by hand at any point. What is already done is marked and commented out.
 * `doneStep(memberKey)`: the step that the member is at, so all before it is done.
 */
export function runbook(plan: Plan, title: string, shown: Shown, atStep: (memberKey: string) => number): string {
  const lines = commandsOf(plan)
  const images = plan.members.filter(({ kind }) => kind === 'image').length
  const out = [
    '#!/bin/sh',
    `# ${title.replaceAll('\n', ' ')}`,
    `# ${HEADS[plan.procedure](plan)}${images === 0 ? '' : `, ${images} images`}.`,
    `# ${plan.procedure === 'take-down' ? TAKEN_DOWN[takenDownBy(plan.steps)].warning : WARNINGS[plan.procedure]}`,
    'set -eu',
    ...guardFunctions(plan),
  ]
  const info = (site: SiteName, image: string) => shown(site, ['rbd', 'info', image]).map(shellWord).join(' ')
  for (const [index, { title: name, proof }] of plan.steps.entries()) {
    const mine = lines.filter(({ step }) => step === index)
    const checks = checkLines(plan, index, shown)
    out.push('', `# ${index + 1}. ${name}`, `#    Proof: ${proof}.`)
    if (mine.length === 0 && checks.length === 0) out.push('#    Nothing to run.')
    const looksFirst = plan.steps[index]?.name === 'stop-clients'
    if (looksFirst) out.push(...checks)
    if (mine.length === 0 || mine.some(({ member }) => atStep(member.key) <= index))
      out.push(...gateBefore(plan, plan.steps[index]?.name))
    for (const { member, line: lineOf } of mine) {
      const line = lineOf(shown)
      out.push(
        atStep(member.key) > index
          ? `# done  ${memberName(member)}: ${line}`
          : guarded(plan, plan.steps[index]?.name, member, line, info),
      )
    }
    if (!looksFirst) out.push(...checks)
  }
  return `${out.join('\n')}\n`
}

/** What a person runs to see the proof of a step that only looks. */
function checkLines(plan: Plan, index: number, shown: Shown): readonly string[] {
  const name = plan.steps[index]?.name
  const images = plan.members.filter((member) => member.kind === 'image')
  const line = (site: SiteName, argv: readonly string[]) => shown(site, argv).map(shellWord).join(' ')
  if (name === 'preflight')
    return images.flatMap((member) => [
      line(plan.from, ['rbd', 'info', memberName(member)]),
      line(plan.to, ['rbd', 'mirror', 'image', 'status', memberName(member)]),
    ])
  if (name === 'stop-clients') return images.map((member) => line(plan.from, ['rbd', 'status', memberName(member)]))
  if (name === 'prove') {
    return images.flatMap((member) =>
      member.mode === 'snapshot'
        ? [plan.from, plan.to].map((site) => line(site, ['rbd', 'snap', 'ls', '--all', memberName(member)]))
        : [line(plan.from, ['rbd', 'journal', 'status', '--pool', member.image.pool, '--image', member.image.name])],
    )
  }
  if (name === 'see-silence')
    return [
      `if ${line(plan.from, ['ceph', 'status'])}; then echo '${plan.from} answers: fail it over as planned' >&2; exit 1; fi`,
    ]
  if (name === 'check-copy')
    return images.map((member) => line(plan.to, ['rbd', 'mirror', 'image', 'status', memberName(member)]))
  if (name === 'check-loser')
    return images.flatMap((member) => [
      line(plan.from, ['rbd', 'info', memberName(member)]),
      line(plan.to, ['rbd', 'status', memberName(member)]),
    ])
  if (name === 'check-resync')
    return images.flatMap((member) => [
      line(plan.from, ['rbd', 'info', memberName(member)]),
      line(plan.to, ['rbd', 'children', '--all', memberName(member)]),
    ])
  if (name === 'see-arrival')
    return images.map((member) => line(plan.to, ['rbd', 'snap', 'ls', '--all', memberName(member)]))
  if (name === 'see-flat-copy') return images.map((member) => line(plan.to, ['rbd', 'info', memberName(member)]))
  if (name === 'see-primary' || name === 'see-following' || name === 'see-copy')
    return images.map((member) => line(plan.to, ['rbd', 'mirror', 'image', 'status', memberName(member)]))
  if (name === 'see-daemons')
    return names(plan.members.filter((member) => member.kind === 'pool')).flatMap((pool) =>
      (plan.ways ?? []).map(({ seenFrom }) => line(seenFrom, ['rbd', 'mirror', 'pool', 'status', pool, '--verbose'])),
    )
  if (name === 'see-schedule-fire') return [line(plan.from, ['rbd', 'mirror', 'snapshot', 'schedule', 'status'])]
  if (name === 'see-copies-gone')
    return images.map((member) => {
      const name = memberName(member)
      return `if ${line(plan.to, ['rbd', 'info', name])}; then echo '${name} is still at ${plan.to}' >&2; exit 1; fi`
    })
  if (name === 'verify')
    return images.flatMap((member) =>
      [plan.from, plan.to].map((site) => line(site, ['rbd', 'info', memberName(member)])),
    )
  return []
}
