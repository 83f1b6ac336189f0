import { memberName, type Plan, type PlanMember, type Procedure, type StepName } from '@/lib/domain/plan'
import type { SiteName } from '@/lib/domain/words'
import { shellWord } from './shell-word'

/** Exit codes of `rbd` (ceph-facts 3 and 9): still primary at the peer, as it seems here; and read-only. */
const EBUSY = 16
const EROFS = 30

/** Where the engine looks through everything right before an act, a person has to. */
const GATES: Readonly<Record<Procedure, readonly StepName[]>> = {
  'planned-failover': ['demote', 'promote'],
  demote: ['demote'],
  promote: ['promote'],
  'forced-failover': ['force-promote'],
  reprotect: ['end-mirroring'],
  'take-down': ['disable-mirroring'],
  resync: ['resync'],
  disable: ['disable-mirroring'],
  'cinder-failover': ['demote', 'fail-over-backend'],
  'cinder-forced': ['fail-over-backend', 'force-promote', 'set-records'],
  snapshot: [],
  flatten: [],
  'set-up': [],
}

/** At the end of the input it stops too: `read` fails then, and `set -e` lets that pass within `&&`. */
const ASK = [
  'printf "Read what was printed above: does each proof hold? Type yes to go on: "',
  'read -r answer && [ "$answer" = yes ] || exit 1',
] as const

/** What a person answers before the acts of a step; nothing where each is done already. */
export const gateBefore = ({ procedure }: Plan, step: StepName | undefined): readonly string[] =>
  step !== undefined && GATES[procedure].includes(step) ? ASK : []

const FUNCTIONS = [
  '',
  '# primary INFO...: does it say primary? The script ends where it cannot be read.',
  'primary() {',
  '  said=$("$@") || { echo "Not read: $*. Make it answer and run this again." >&2; exit 1; }',
  '  case "$said" in *"mirroring primary: true"*) return 0 ;; *) return 1 ;; esac',
  '}',
  `# patiently ACT...: ${EBUSY}, a demotion takes seconds to arrive; ${EROFS}, rbd-mirror still has hold of the copy.`,
  'patiently() {',
  '  for _ in 1 2 3 4 5 6 7 8 9 10 11 12; do',
  '    code=0; "$@" || code=$?',
  `    case $code in ${EBUSY}|${EROFS}) sleep 5 ;; *) return $code ;; esac`,
  '  done',
  '  return $code',
  '}',
] as const

type Info = (site: SiteName, image: string) => string
type Guard = (plan: Plan, name: string, line: string, info: Info) => string

const whilePrimary: Guard = ({ from }, name, line, info) =>
  `if primary ${info(from, name)}; then ${line}; else echo ${shellWord(`${name} is not primary at ${from}`)}; fi`
const untilPrimary =
  (act: (line: string) => string): Guard =>
  ({ to }, name, line, info) =>
    `if primary ${info(to, name)}; then echo ${shellWord(`${name} is primary at ${to} already`)}; else ${act(line)}; fi`

/** Ceph refuses these where they are done already: the script looks first, so that it may be run again after a stop. */
const GUARDS: Partial<Record<StepName, Guard>> = {
  'final-snapshot': whilePrimary,
  demote: whilePrimary,
  promote: untilPrimary((line) => `patiently ${line}`),
  'force-promote': untilPrimary((line) => line),
}

/** What the guards of a plan's steps call. */
export const guardFunctions = ({ steps }: Plan): readonly string[] =>
  steps.some(({ name }) => GUARDS[name] !== undefined) ? FUNCTIONS : []

/** One act's line as the script has it. */
export function guarded(plan: Plan, step: StepName | undefined, member: PlanMember, line: string, info: Info): string {
  // Its address is for a person to fill in.
  if (step === 'stop-clients') return `# for each client that is listed above: ${line}`
  const guard = step === undefined || member.kind !== 'image' ? undefined : GUARDS[step]
  return guard === undefined ? line : guard(plan, memberName(member), line, info)
}
