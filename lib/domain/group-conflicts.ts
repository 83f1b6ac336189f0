import { type Member, thingText } from './group'

export interface Claim {
  readonly group: string
  readonly members: readonly Pick<Member, 'kind' | 'id' | 'name'>[]
}

/** One member that more than one group claims. */
export interface Conflict {
  readonly kind: Member['kind']
  readonly id: string
  readonly name: string
  /** Names of the groups, in order. */
  readonly groups: readonly string[]
}

/** Everything that stands in more than one group. */
export function conflictsOf(claims: readonly Claim[]): readonly Conflict[] {
  const first = new Map<string, string>()
  const found = new Map<string, Conflict>()
  for (const { group, members } of claims) {
    for (const { kind, id, name } of members) {
      const key = `${kind} ${id}`
      const holder = first.get(key)
      if (holder === undefined) first.set(key, group)
      else if (holder !== group) {
        const groups = new Set([...(found.get(key)?.groups ?? [holder]), group])
        found.set(key, { kind, id, name, groups: [...groups].sort() })
      }
    }
  }
  return [...found.values()]
}

/** All in one sentence: what, in which groups, and what helps. */
export function conflictText(conflicts: readonly Conflict[]): string {
  const [one] = conflicts
  if (one === undefined) return ''
  const more = conflicts.length - 1
  const rest = more === 0 ? '' : `, and ${more} more ${more === 1 ? 'member is' : 'members are'} in two groups`
  const groups = one.groups.map((group) => `“${group}”`).join(' and ')
  return `The ${thingText(one)} would be in ${groups}${rest}. What moves together is in one group: narrow a rule, or keep it out of one of them.`
}
