'use server'

import { endApart, keepApart } from '@/lib/services/keep-apart'
import { EndApart, KeepApart } from '@/lib/views/apart'
import { action } from './action'

export const keepApartAction = action({ may: 'split:keep', input: KeepApart }, keepApart)
export const endApartAction = action({ may: 'split:keep', input: EndApart }, endApart)
