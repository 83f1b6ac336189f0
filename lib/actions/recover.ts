'use server'

import { commandRun } from '@/lib/services/command-run'
import { previewFailover } from '@/lib/services/preview-failover'
import { startRun } from '@/lib/services/start-run'
import { FailoverIntent, RunCommand, StartRunInput } from '@/lib/views/recover'
import { action } from './action'

export const previewFailoverAction = action({ may: 'run:preview', input: FailoverIntent }, previewFailover)
export const startRunAction = action({ may: 'run:start', input: StartRunInput }, startRun)
export const commandRunAction = action({ may: 'run:command', input: RunCommand }, commandRun)
