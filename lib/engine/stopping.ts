import { memberName } from '@/lib/domain/plan'
import type { MemberRecord } from '@/lib/ports/run-journal'
import { lookUndo } from './look'
import type { RunScope } from './scope'
import { isWithCinder, toUndo } from './undo'

/** So long a site that does not answer keeps a run from being stopped; then what it left is said, and others may act. */
const LOST_AFTER_MS = 120_000

function undoing(left: readonly MemberRecord[], from: string): string {
  const kind = left[0]?.member.kind
  if (kind === 'server') return `${left.length} servers are being started again`
  return kind === 'backend' ? 'the backend is being thawed' : `${left.length} are being promoted back at ${from}`
}

export type Stopping = { readonly waits: string } | { readonly ended: string; readonly stranded: number }

/** What a run that is being stopped still waits for, or how it ends: what was demoted is promoted back first. */
export async function stopping(scope: RunScope, members: readonly MemberRecord[], inDoubt: number): Promise<Stopping> {
  if (inDoubt > 0) return { waits: `stopping: ${inDoubt} acts are in doubt and are looked at until they are known` }
  const left = toUndo(members, true)
  if (left.length > 0 && !(await cannotBeLookedAt(scope, left)))
    return { waits: `stopping: ${undoing(left, scope.plan.from)}` }
  const stranded = isWithCinder(members)
    ? []
    : members.filter((record) => record.memo['did:demote'] === true && record.memo['did:promote'] !== true)
  const halfway = leftHalfway(members)
  if (stranded.length === 0 && halfway !== '') return { ended: `stopped by the operator; ${halfway}`, stranded: 0 }
  if (stranded.length === 0) return { ended: 'stopped by the operator', stranded: 0 }
  const [first] = stranded
  const why = left.length > 0 ? `${scope.plan.from} does not answer` : (first?.reason ?? '')
  return { ended: `stopped; ${stranded.length} images are primary nowhere: ${why}`, stranded: stranded.length }
}

/** What a stop leaves of a backend and its servers, where nothing of it is taken back any more. */
function leftHalfway(members: readonly MemberRecord[]): string {
  const did = (record: MemberRecord, step: string) => record.memo[`did:${step}`] === true
  const off = members.filter((one) => did(one, 'stop-servers') && !did(one, 'start-servers') && one.state !== 'done')
  const frozen = members.find((one) => did(one, 'freeze') && !did(one, 'thaw') && one.state !== 'done')
  return [
    ...(off.length === 0
      ? []
      : [
          `${off.length} servers were stopped and not started: ${off.map(({ member }) => memberName(member)).join(', ')}`,
        ]),
    ...(frozen === undefined ? [] : [`${memberName(frozen.member)} is frozen: thaw it`]),
  ].join('; ')
}

/** The site at which these would be promoted back does not answer, and has not for a while. */
async function cannotBeLookedAt(scope: RunScope, left: readonly MemberRecord[]): Promise<boolean> {
  const looks = await lookUndo(left, scope.context)
  return scope.heldUpFor(looks.every(({ kind }) => kind === 'waiting')) >= LOST_AFTER_MS
}
