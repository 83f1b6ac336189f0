'use server'

import { lookAtBackends, previewCinder, startCinder } from '@/lib/services/cinder-failover'
import { BackendsRequest, CinderIntent, StartCinderInput } from '@/lib/views/cinder-failover'
import { action } from './action'

export const lookAtBackendsAction = action({ may: 'run:preview', input: BackendsRequest }, lookAtBackends)
export const previewCinderAction = action({ may: 'run:preview', input: CinderIntent }, previewCinder)
export const startCinderAction = action({ may: 'run:start', input: StartCinderInput }, startCinder)
