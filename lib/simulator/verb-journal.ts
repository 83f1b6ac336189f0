import { type Desk, wantsJson } from './desk'
import type { Position } from './image-state'
import { journalOf } from './journal-view'
import { foundImage, isFound } from './look-up'
import { errno, type Outcome, refused, said } from './outcome'

/** The four newest entries, one an object, newest first: as `rbd journal status` prints a commit position. */
function objectPositions(position: Position | null): object[] {
  if (position === null) return []
  const entries = [0, 1, 2, 3].map((back) => position.entry - back).filter((entry) => entry >= 0)
  return entries.map((entry) => ({ object_number: entry % 4, tag_tid: position.tag, entry_tid: entry }))
}

/** `rbd journal status --pool P --image I`; a bare word names the journal, which is the image's id. */
export function journalStatus(desk: Desk): Outcome {
  const missing = refused(
    2,
    'warning: failed to get journal metadata\nrbd: journal status: (2) No such file or directory\n',
  )
  let found = desk.rest.length === 0 ? foundImage(desk) : null
  const word = desk.rest[0]
  if (word !== undefined) {
    const [poolName, id] = word.includes('/')
      ? (word.split('/') as [string, string])
      : [desk.args.options.pool ?? 'rbd', word]
    const pool = desk.pool(poolName)
    if (pool === null) return refused(2, `rbd: error opening pool '${poolName}': ${errno(2)}\n`)
    const image = desk.images.byId(desk.conditions, pool, desk.site, id, desk.now)
    const copy = image?.copies[desk.site]
    if (image === null || copy === undefined) return missing
    found = { pool, image, copy }
  }
  if (found === null || !isFound(found)) return found ?? missing
  if (!found.copy.journaling) return refused(22, `rbd: journaling is not enabled for image ${found.image.name}\n`)
  const journal = journalOf(desk.conditions, found.pool, found.image, desk.site, desk.now)
  const clients = (journal?.clients ?? []).map((client) => ({
    id: client.id,
    data: '',
    commit_position: { object_positions: objectPositions(client.position) },
    state: client.state,
  }))
  const set = Math.floor((journal?.tail?.entry ?? 0) / 4096)
  if (wantsJson(desk)) {
    return said(`${JSON.stringify({ minimum_set: set, active_set: set, registered_clients: clients })}\n`)
  }
  return said(
    `minimum_set: ${set}\nactive_set: ${set}\nregistered clients: \n${clients.map((c) => `\t[id=${c.id}, state=${c.state}]\n`).join('')}`,
  )
}
