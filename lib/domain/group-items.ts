import type { Item } from './attention'
import { type Conflict, conflictText } from './group-conflicts'

/** What is new of a group since somebody last accepted it. */
export interface GroupNews {
  readonly name: string
  /** Members that another group claims as well. */
  readonly conflicts: readonly Conflict[]
  /** Null: those that were accepted. `since`: of the first that was found to be another, epoch milliseconds. */
  readonly drift: { readonly joined: number; readonly left: number; readonly since: number } | null
}

/** What of groups needs a hand: members of two groups, and members that nobody has accepted. */
export function groupItems(groups: readonly GroupNews[]): Item[] {
  const items: Item[] = []
  const told = new Set<string>()
  for (const { name, conflicts, drift } of groups) {
    const action = { label: 'Open the group', href: `/groups/${encodeURIComponent(name)}` }
    const [first] = conflicts
    if (first !== undefined && !told.has(first.groups.join('/'))) {
      // Both groups have it: that is one piece of news.
      told.add(first.groups.join('/'))
      items.push({
        key: `group-conflict:${first.groups.join('/')}`,
        severity: 'critical',
        title: `Groups ${first.groups.join(' and ')} have the same ${conflicts.length === 1 ? 'member' : 'members'}`,
        detail: `A failover by either is refused. ${conflictText(conflicts)}`,
        action,
      })
    }
    if (drift !== null)
      items.push({
        key: `group-drift:${name}`,
        severity: 'warning',
        title: `Group ${name} has other members than were accepted`,
        detail: `${drift.joined} joined, ${drift.left} left. Look at them, then accept them or change the group`,
        since: drift.since,
        action,
      })
  }
  return items
}
