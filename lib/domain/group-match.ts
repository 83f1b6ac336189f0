import type { Condition, GroupRule, Match } from './group'
import type { CloudPicture, PictureServer, PictureVolume } from './group-picture'

/** Does the text fit a pattern in which `*` stands for any letters? Without a regular expression: a pattern is typed by people. */
export function fits(pattern: string, text: string): boolean {
  const parts = pattern.split('*')
  const [first = '', ...others] = parts
  if (others.length === 0) return text === pattern
  const last = others.pop() ?? ''
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false
  const end = text.length - last.length
  let at = first.length
  for (const part of others) {
    const found = text.indexOf(part, at)
    if (found < 0 || found + part.length > end) return false
    at = found + part.length
  }
  return true
}

/** Null: it asks nothing of a volume. */
function ofVolume(condition: Condition, volume: PictureVolume): boolean | null {
  switch (condition.on) {
    case 'tenant':
      return fits(condition.is, volume.tenant) || condition.is === volume.projectId
    case 'type':
      return volume.type !== null && fits(condition.is, volume.type)
    case 'backend':
      return volume.backend !== null && fits(condition.is, volume.backend)
    case 'volume-metadata':
      return hasWord(volume.metadata, condition)
    default:
      return null
  }
}

/** Null: it asks nothing of a server. */
function ofServer(condition: Condition, server: PictureServer): boolean | null {
  switch (condition.on) {
    case 'tenant':
      return fits(condition.is, server.tenant) || condition.is === server.projectId
    case 'server':
      return fits(condition.is, server.name) || condition.is === server.id
    case 'server-metadata':
      return hasWord(server.metadata, condition)
    default:
      return null
  }
}

function hasWord(metadata: Readonly<Record<string, string>>, { key, is }: { key: string; is: string }): boolean {
  const value = Object.hasOwn(metadata, key) ? metadata[key] : undefined
  return value !== undefined && fits(is, value)
}

const asksOfVolumes = ({ on }: Condition): boolean => on === 'type' || on === 'backend' || on === 'volume-metadata'
const asksOfServers = ({ on }: Condition): boolean => on === 'server' || on === 'server-metadata'

/** A rule without conditions would be everything there is: it finds nothing. */
export function ruleFindsVolume({ all }: GroupRule, volume: PictureVolume, picture: CloudPicture): boolean {
  if (all.length === 0 || all.some((condition) => ofVolume(condition, volume) === false)) return false
  const forServers = all.filter(asksOfServers)
  if (forServers.length === 0) return true
  // Servers alone: it finds servers, and their volumes come along as attached.
  if (!all.some(asksOfVolumes)) return false
  return picture.serversOf(volume.id).some((id) => {
    const server = picture.servers.get(id)
    return server !== undefined && forServers.every((condition) => ofServer(condition, server))
  })
}

export const ruleFindsServer = ({ all }: GroupRule, server: PictureServer): boolean =>
  all.length > 0 && !all.some(asksOfVolumes) && all.every((condition) => ofServer(condition, server) !== false)

/** Is this the one that a stage or a mark speaks of? */
export function isMatched(
  match: Match,
  thing: { readonly id: string; readonly name: string; readonly metadata: Readonly<Record<string, string>> },
): boolean {
  switch (match.by) {
    case 'id':
      return match.id === thing.id
    case 'name':
      return fits(match.name, thing.name)
    case 'metadata':
      return hasWord(thing.metadata, match)
  }
}
