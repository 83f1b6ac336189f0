'use server'

import { lookAtGround, previewSetUp, previewTakeDown, startSetUp, startTakeDown } from '@/lib/services/set-up'
import { GroundRequest, SetUpIntent, StartSetUpInput, StartTakeDownInput, TakeDownIntent } from '@/lib/views/set-up'
import { action } from './action'

export const lookAtGroundAction = action({ may: 'run:preview', input: GroundRequest }, lookAtGround)
export const previewSetUpAction = action({ may: 'run:preview', input: SetUpIntent }, previewSetUp)
export const startSetUpAction = action({ may: 'run:start', input: StartSetUpInput }, startSetUp)
export const previewTakeDownAction = action({ may: 'run:preview', input: TakeDownIntent }, previewTakeDown)
export const startTakeDownAction = action({ may: 'run:start', input: StartTakeDownInput }, startTakeDown)
