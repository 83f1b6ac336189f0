import { WAY_BACK } from '@/lib/domain/cloud-place'
import type { BackendMember } from '@/lib/domain/cloud-plan'
import { memberName, type Plan } from '@/lib/domain/plan'
import type { ChangeRow } from '@/lib/domain/set-up'

/** What becomes of the backend, its servers and its volumes, for the eye: kept with the run. */
export function changesOf(plan: Plan): readonly ChangeRow[] {
  const backend = plan.members.find((member): member is BackendMember => member.kind === 'backend')
  const back = backend?.target === WAY_BACK
  const { from, to } = plan
  return plan.members.flatMap((member): readonly ChangeRow[] => {
    const base = { key: member.key, name: memberName(member), sizeBytes: null, effect: 'changes' as const }
    switch (member.kind) {
      case 'backend':
        return [
          {
            ...base,
            before: `serves from ${from}`,
            after: `serves from ${to}`,
            cost: 'frozen meanwhile: no volume is made or deleted',
          },
        ]
      case 'server': {
        const root = member.volumes.some((one) => one.root)
        const many = `${member.volumes.length} ${member.volumes.length === 1 ? 'volume' : 'volumes'}`
        return [
          {
            ...base,
            before: member.wasRunning ? 'runs' : 'shut off',
            after: `${member.wasRunning ? 'runs' : 'shut off'}, ${many} from ${to}, boot order ${member.bootOrder}`,
            cost: member.wasRunning
              ? `stopped for the while${root ? '; shelved and unshelved, so it may come up on another host' : ''}`
              : root
                ? 'shelved and unshelved, so it runs for a moment'
                : 'its volumes are detached and attached',
          },
        ]
      }
      case 'volume':
        if (member.replicated)
          return [
            { ...base, before: `${member.status}, from ${from}`, after: `${member.status}, from ${to}`, cost: '' },
          ]
        return back
          ? [{ ...base, before: 'spoiled by the failover', after: member.status, cost: '' }]
          : [
              {
                ...base,
                before: member.status,
                after: 'error',
                cost: `not replicated: its data stays at ${from}, out of Cinder's reach until the failback`,
              },
            ]
      case 'gate':
        return [
          {
            ...base,
            before: '',
            after: 'open',
            cost: 'servers of the next boot order wait for it',
          },
        ]
      default:
        return []
    }
  })
}
