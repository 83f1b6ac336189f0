import type { VolumeService } from '@/lib/domain/cloud'
import type { BackendMember } from '@/lib/domain/cloud-plan'
import type { Finding } from '@/lib/domain/plan'
import type { SiteName } from '@/lib/domain/words'

/** What has to be agreed to before Cinder is gone past. */
const STOPPED_CONSENT = 'cinder-volume-stopped'

export const PAST_WAY =
  'Where it cannot be started, since its cluster is gone: go back and choose that this console promotes, past cinder-volume.'

const base = { check: 'cinder', keys: [] } as const

/** What is in the way of a failover past cinder-volume, and what nobody but a person knows of it. */
export function pastFindings(
  service: VolumeService,
  { host, target, activeBefore, past }: BackendMember,
  to: SiteName,
): readonly Finding[] {
  const command = `openstack volume service list --service cinder-volume --host ${host} --long`
  const said = `${service.state}, replication ${service.replicationStatus}, active backend ${service.activeBackendId ?? 'the first'}`
  if (service.activeBackendId !== activeBefore || activeBefore !== null)
    return [
      {
        ...{
          ...base,
          command,
          severity: 'blocks',
          title: `${host} does not serve from its first site`,
          evidence: said,
        },
        remedy: `Past cinder-volume a backend goes from its first site to ${target} alone. Start cinder-volume, and have Cinder move it.`,
      },
    ]
  if (service.state === 'up')
    return [
      {
        ...{ ...base, command, severity: 'blocks', title: `cinder-volume of ${host} is up`, evidence: said },
        remedy: `Go back and choose that Cinder promotes: its own failover keeps its records right. Where it hangs on the dead cluster, stop it on every controller and look again.`,
      },
    ]
  const waits =
    service.replicationStatus === 'failing-over'
      ? ' Cinder was told to fail over, and that may wait in its queue: it is taken out before cinder-volume starts.'
      : ''
  const [records, start] = [past?.records === 'controller', past?.start != null]
  return [
    {
      ...{ ...base, command, severity: 'warns', consent: STOPPED_CONSENT },
      title: `No process of cinder-volume for ${host} runs, on any controller`,
      evidence: `Cinder says ${said}; one that hangs on its dead cluster says the same and acts once it is back`,
      remedy: `Stop it everywhere, and keep it from being started.${waits}`,
    },
    {
      ...{ ...base, command: '', severity: records && start ? 'pass' : 'warns' },
      title: records
        ? `Cinder's records of ${host} are set at the controller, by Cinder's own code`
        : `Cinder's records of ${host} are set by hand`,
      evidence: records
        ? 'by a program of a hundred lines that stands in the plan; met with Cinder 21 (Zed)'
        : 'antipode.yaml grants no openstack.controllerExec; the commands stand in the plan, and what they did is seen by the API',
      remedy: start ? '' : `Then somebody starts cinder-volume: the run waits until it reports, and serves from ${to}.`,
    },
  ]
}
