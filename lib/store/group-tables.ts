/** Protection groups as people wrote them, and what was found of each at the last look. Times are epoch milliseconds. */

export interface ProtectionGroupsTable {
  id: string
  name: string
  /** The name in small letters: two groups of one name would be one to whoever reads. */
  name_key: string
  /** Site of the cloud. */
  cloud: string
  /** JSON of GroupSpec (domain/group). */
  spec: string
  priority: number
  rpo_sec: number | null
  /** One more at each edit: who edits says which one they saw. */
  version: number
  /** One more where it was changed who is a member. */
  selection_version: number
  /** The selection whose members are accepted; less than `selection_version` until they are all written. */
  accepted_version: number
  /** JSON of an Actor. */
  created_by: string
  created_at: number
  changed_by: string
  changed_at: number
}

export interface GroupMembersTable {
  group_id: string
  /** volume, server. */
  kind: string
  member_id: string
  /** Of the cloud. */
  site: string
  name: string
  /** JSON of Reason[] (domain/group). */
  why: string
  mark: string | null
  stage: number | null
  /** accepted: known to who looks after the group. joined, left: found so since, and nobody has accepted it. */
  state: string
  since: number
}

export interface GroupTables {
  protection_groups: ProtectionGroupsTable
  group_members: GroupMembersTable
}
