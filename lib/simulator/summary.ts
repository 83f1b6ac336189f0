import type { StatusJson } from './status-json'

type Health = 'OK' | 'UNKNOWN' | 'WARNING' | 'ERROR'
const RANK: readonly Health[] = ['OK', 'UNKNOWN', 'WARNING', 'ERROR']
/** mirror_image_status_state_t in its order: the lower state of a pair is the pair's. */
const STATES = ['unknown', 'error', 'syncing', 'starting_replay', 'replaying', 'stopping_replay', 'stopped']

const worse = (a: Health, b: Health): Health => (RANK.indexOf(a) > RANK.indexOf(b) ? a : b)

/**
 * The state that a pool's summary counts an image under: the pair's, not this side's. A silent remote counts as
 * unknown, a silent local daemon does not count at all (ceph-facts 4).
 */
export function pairState(image: Pick<StatusJson, 'state' | 'peer_sites'>): string {
  const ranks: number[] = []
  const [up, local = 'unknown'] = image.state.split('+')
  if (up === 'up') ranks.push(STATES.indexOf(local))
  for (const peer of image.peer_sites) {
    const [peerUp, state = 'unknown'] = peer.state.split('+')
    ranks.push(peerUp === 'up' ? STATES.indexOf(state) : 0)
  }
  return STATES[ranks.length === 0 ? 0 : Math.min(...ranks)] as string
}

export interface Summary {
  readonly health: Health
  readonly daemon_health: Health
  readonly image_health: Health
  readonly states: Readonly<Record<string, number>>
}

/** `summary` of `rbd mirror pool status`. */
export function summaryOf(images: readonly StatusJson[], daemonHealth: Health): Summary {
  const counts = new Map<string, number>()
  for (const image of images) {
    const state = pairState(image)
    counts.set(state, (counts.get(state) ?? 0) + 1)
  }
  let imageHealth: Health = 'OK'
  for (const state of counts.keys()) {
    if (state === 'error') imageHealth = worse(imageHealth, 'ERROR')
    else if (state !== 'replaying' && state !== 'stopped') imageHealth = worse(imageHealth, 'WARNING')
  }
  const states: Record<string, number> = {}
  for (const state of STATES) {
    const count = counts.get(state)
    if (count !== undefined) states[state] = count
  }
  return { health: worse(daemonHealth, imageHealth), daemon_health: daemonHealth, image_health: imageHealth, states }
}
