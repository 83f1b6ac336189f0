'use server'

import { compareSides } from '@/lib/services/compare-sides'
import { CompareInput } from '@/lib/views/evidence'
import { action } from './action'

export const compareSidesAction = action({ may: 'run:preview', input: CompareInput }, compareSides)
