import { TinyWorld } from './tiny-world'

/** The real one, in a hurry. */
export const hurried = {
  now: () => Date.now(),
  sleep: (ms: number, signal?: AbortSignal) =>
    new Promise<void>((resolve) => {
      const awake = () => {
        signal?.removeEventListener('abort', awake)
        clearTimeout(timer)
        resolve()
      }
      const timer = setTimeout(awake, Math.min(ms, 3))
      signal?.addEventListener('abort', awake)
    }),
}

/** A parent with its clone in journal mode, and an image in snapshot mode that a client holds open. For crash tests. */
export function worldOfThree() {
  const world = new TinyWorld()
  world.add('parent', 'journal')
  world.add('clone', 'journal', 'parent')
  world.add('snap', 'snapshot')
  const held = world.images.get('volumes/snap')
  if (held) held.watchers = [{ clientId: '7', address: '10.0.0.1:0/9', entity: 'client.nova', isMirrorDaemon: false }]
  world.schedules.set('west', [{ pool: 'volumes', namespace: null, image: null, interval: '1m', startTime: null }])
  return Object.assign(world, { clock: hurried })
}
