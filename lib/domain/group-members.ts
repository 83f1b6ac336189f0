import { type GroupSpec, type Ids, type Mark, type Member, type MemberKind, type Reason, thingText } from './group'
import { isMatched, ruleFindsServer, ruleFindsVolume } from './group-match'
import type { CloudPicture, PictureServer, PictureVolume } from './group-picture'

/** Something that is attached to a member and is none: the group would be cut there. */
export interface Cut {
  readonly member: Pick<Member, 'kind' | 'id' | 'name'>
  readonly without: Pick<Member, 'kind' | 'id' | 'name'>
  /** kept-out: by hand. not-seen: the reading of the cloud does not have it. */
  readonly why: 'kept-out' | 'not-seen'
}

export interface Resolved {
  readonly members: readonly Member[]
  readonly cuts: readonly Cut[]
  /** Ids by hand that the cloud does not have. */
  readonly unknown: Ids
}

interface Found {
  readonly kind: MemberKind
  readonly id: string
  readonly why: Reason[]
}

/**
 * Who is in the group at this look: what rules and hands name, and everything that hangs on it by attachments, however far.
 * What is kept out by hand stays out, and what hangs on it alone too.
 */
export function membersOf(spec: GroupSpec, picture: CloudPicture): Resolved {
  const found = new Map<string, Found>()
  const out = {
    volume: new Set(spec.selection.except.volumes),
    server: new Set(spec.selection.except.servers),
  }
  const add = (kind: MemberKind, id: string, why: Reason) => {
    if (out[kind].has(id)) return
    const key = `${kind} ${id}`
    const there = found.get(key)
    if (there === undefined) found.set(key, { kind, id, why: [why] })
    else if (why.by !== 'attached') there.why.push(why)
  }
  seed(spec, picture, add)
  const cuts: Cut[] = []
  // A Map gives what is added while it is walked: so this goes on along the attachments until nothing is new.
  for (const { kind, id } of found.values()) {
    const other: MemberKind = kind === 'volume' ? 'server' : 'volume'
    const member = { kind, id, name: nameOf(picture, kind, id) }
    for (const next of kind === 'volume' ? picture.serversOf(id) : picture.volumesOf(id)) {
      const without = { kind: other, id: next, name: nameOf(picture, other, next) }
      if (out[other].has(next)) cuts.push({ member, without, why: 'kept-out' })
      else if (!has(picture, other, next)) cuts.push({ member, without, why: 'not-seen' })
      else add(other, next, { by: 'attached', kind, name: member.name || id })
    }
  }
  const marks = marksOf(spec, picture, found)
  const members = [...found.values()].map(
    ({ kind, id, why }): Member => ({
      ...{ kind, id, why, name: nameOf(picture, kind, id), mark: marks.get(`${kind} ${id}`) ?? null },
      stage: kind === 'server' ? stageOf(spec, picture.servers.get(id)) : null,
    }),
  )
  const { volumes, servers } = spec.selection.byHand
  const unknown = {
    volumes: volumes.filter((id) => !picture.volumes.has(id)),
    servers: servers.filter((id) => !picture.servers.has(id)),
  }
  return { members, cuts, unknown }
}

function seed(
  { selection: { rules, byHand } }: GroupSpec,
  picture: CloudPicture,
  add: (kind: MemberKind, id: string, why: Reason) => void,
): void {
  for (const [rule, one] of rules.entries()) {
    for (const server of picture.servers.values())
      if (ruleFindsServer(one, server)) add('server', server.id, { by: 'rule', rule })
    for (const volume of picture.volumes.values())
      if (ruleFindsVolume(one, volume, picture)) add('volume', volume.id, { by: 'rule', rule })
  }
  for (const id of byHand.servers) if (picture.servers.has(id)) add('server', id, { by: 'hand' })
  for (const id of byHand.volumes) if (picture.volumes.has(id)) add('volume', id, { by: 'hand' })
}

const thing = (picture: CloudPicture, kind: MemberKind, id: string): PictureVolume | PictureServer | undefined =>
  kind === 'volume' ? picture.volumes.get(id) : picture.servers.get(id)
const has = (picture: CloudPicture, kind: MemberKind, id: string): boolean => thing(picture, kind, id) !== undefined
const nameOf = (picture: CloudPicture, kind: MemberKind, id: string): string => thing(picture, kind, id)?.name ?? ''

/** The first stage that names it; one past the last: started when all stages are up. */
function stageOf({ stages }: GroupSpec, server: PictureServer | undefined): number {
  const at = server === undefined ? -1 : stages.findIndex(({ match }) => match.some((one) => isMatched(one, server)))
  return at < 0 ? stages.length : at
}

/** A marked server marks its volumes, unless another server that is not marked has one of them too. */
function marksOf(
  { marks }: GroupSpec,
  picture: CloudPicture,
  found: ReadonlyMap<string, Found>,
): ReadonlyMap<string, Mark> {
  const marked = new Map<string, Mark>()
  if (marks.length === 0) return marked
  for (const [key, { kind, id }] of found) {
    const one = thing(picture, kind, id)
    const mark = one === undefined ? undefined : marks.find(({ match }) => isMatched(match, one))?.mark
    if (mark !== undefined) marked.set(key, mark)
  }
  for (const [key, { kind, id }] of found) {
    if (kind === 'server' || marked.has(key)) continue
    const theirs = picture.serversOf(id).map((server) => marked.get(`server ${server}`))
    const [first] = theirs
    if (first !== undefined && theirs.every((mark) => mark !== undefined)) marked.set(key, first)
  }
  return marked
}

/** What is cut, and what mends it. */
export function cutText({ member, without, why }: Cut): string {
  const mend =
    why === 'kept-out'
      ? 'It is kept out by hand: what is attached moves together, so detach it or take it in'
      : 'The last reading of the cloud does not have it'
  return `The ${thingText(member)} is in the group without the ${thingText(without)} that is attached to it. ${mend}`
}
