'use server'

import { acceptDrift } from '@/lib/services/accept-drift'
import { deleteGroup } from '@/lib/services/delete-group'
import { previewGroup } from '@/lib/services/preview-group'
import { changeGroup, createGroup } from '@/lib/services/save-group'
import { AcceptDrift, ChangeGroup, CreateGroup, DeleteGroup, PreviewGroup } from '@/lib/views/group-input'
import { action } from './action'

export const createGroupAction = action({ may: 'group:edit', input: CreateGroup }, createGroup)
export const changeGroupAction = action({ may: 'group:edit', input: ChangeGroup }, changeGroup)
export const deleteGroupAction = action({ may: 'group:edit', input: DeleteGroup }, deleteGroup)
export const acceptDriftAction = action({ may: 'group:edit', input: AcceptDrift }, acceptDrift)
export const previewGroupAction = action({ may: 'group:edit', input: PreviewGroup }, previewGroup)
