'use server'

import { acknowledgeOutage } from '@/lib/services/acknowledge-outage'
import { closeOutage, withdrawAcknowledgement } from '@/lib/services/close-outage'
import { closeSuspension } from '@/lib/services/close-suspension'
import { endSuspension } from '@/lib/services/end-suspension'
import { extendSuspension } from '@/lib/services/extend-suspension'
import { suspendReplication } from '@/lib/services/suspend-replication'
import {
  AcknowledgeOutage,
  CloseStatement,
  EndSuspension,
  ExtendSuspension,
  SuspendReplication,
  WithdrawAcknowledgement,
} from '@/lib/views/statement-input'
import { action } from './action'

export const suspendReplicationAction = action(
  { may: 'replication:suspend', input: SuspendReplication },
  suspendReplication,
)
export const extendSuspensionAction = action({ may: 'replication:suspend', input: ExtendSuspension }, extendSuspension)
export const endSuspensionAction = action({ may: 'replication:suspend', input: EndSuspension }, endSuspension)
export const closeSuspensionAction = action({ may: 'replication:suspend', input: CloseStatement }, closeSuspension)
export const acknowledgeOutageAction = action(
  { may: 'outage:acknowledge', input: AcknowledgeOutage },
  acknowledgeOutage,
)
export const withdrawAcknowledgementAction = action(
  { may: 'outage:acknowledge', input: WithdrawAcknowledgement },
  withdrawAcknowledgement,
)
export const closeOutageAction = action({ may: 'outage:acknowledge', input: CloseStatement }, closeOutage)
