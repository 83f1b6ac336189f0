import type { StepName } from '@/lib/domain/plan'
import type { Step } from './step'
import { demote } from './steps/demote'
import { finalSnapshot } from './steps/final-snapshot'
import { firstSnapshot } from './steps/first-snapshot'
import { preflightImages, preflightSites } from './steps/preflight'
import { promote } from './steps/promote'
import { prove } from './steps/prove'
import { addSchedule, removeSchedule } from './steps/schedules'
import { seeReplication } from './steps/see-replication'
import { stopClients } from './steps/stop-clients'
import { verify } from './steps/verify'

/** Every step by name. A step may have one implementation a kind of member; each member meets the ones that apply to it. */
export const steps: Readonly<Record<StepName, readonly Step[]>> = {
  preflight: [preflightSites, preflightImages],
  'stop-clients': [stopClients],
  'final-snapshot': [finalSnapshot],
  demote: [demote],
  prove: [prove],
  promote: [promote],
  verify: [verify],
  'add-schedule': [addSchedule],
  'remove-schedule': [removeSchedule],
  'first-snapshot': [firstSnapshot],
  'see-replication': [seeReplication],
}
