'use server'

import { checkKept } from '@/lib/services/check-kept'
import { CheckKeptInput } from '@/lib/views/kept'
import { action } from './action'

export const checkKeptAction = action({ may: 'run:preview', input: CheckKeptInput }, checkKept)
