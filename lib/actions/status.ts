'use server'

import { annotateSelection } from '@/lib/services/annotate-selection'
import { changeSelection } from '@/lib/services/change-selection'
import { nameSelection } from '@/lib/services/name-selection'
import { removeSelection } from '@/lib/services/remove-selection'
import { AnnotateSelection, ChangeSelection, NameSelection, RemoveSelection } from '@/lib/views/status-input'
import { action } from './action'

export const nameSelectionAction = action({ may: 'status:edit', input: NameSelection }, nameSelection)
export const changeSelectionAction = action({ may: 'status:edit', input: ChangeSelection }, changeSelection)
export const removeSelectionAction = action({ may: 'status:edit', input: RemoveSelection }, removeSelection)
export const annotateSelectionAction = action({ may: 'status:edit', input: AnnotateSelection }, annotateSelection)
