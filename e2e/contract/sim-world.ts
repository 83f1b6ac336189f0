import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ImageSpec, type MirrorMode, specText } from '@/lib/domain/words'
import { simulatorChannel } from '@/lib/simulator/channel'
import { realClock } from '@/lib/simulator/real-clock'
import { serve } from '@/lib/simulator/server'
import { smallWorld } from '@/lib/simulator/small-world'
import { fileLog } from '@/lib/simulator/state-log'
import { createWorld } from '@/lib/simulator/world'
import type { ContractWorld, Side } from './world'

const POOL = 'volumes'
const SPARE = 'vms'
const BARE = 'bare'
const siteOf = { a: 'site-a', b: 'site-b' } as const

const sleep = (ms: number) => new Promise<void>((done) => setTimeout(done, ms))

const withBarePool = () => {
  const small = smallWorld()
  const bare = { name: BARE, sites: ['site-a', 'site-b'] as const, schedules: [], bare: true }
  return { ...small, pools: [...small.pools, bare] }
}

/** The simulator's small world behind its socket, on the machine's clock, at its quick pace. */
export async function simWorld(): Promise<ContractWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'antipode-sim-'))
  const socket = join(folder, 'sim.sock')
  const world = createWorld({ clock: realClock(), spec: withBarePool(), log: fileLog(join(folder, 'state')) })
  const serving = await serve(world, socket)
  const [siteA, siteB] = [simulatorChannel(siteOf.a, socket), simulatorChannel(siteOf.b, socket)]
  let children = 0

  const copied = async ({ pool, name }: ImageSpec, mode: MirrorMode | 'none'): Promise<void> => {
    for (let tries = 0; tries < 200; tries++) {
      if (mode === 'none') return
      const [a, b] = await Promise.all(
        [siteA, siteB].map((site) => site.call('mirror.statuses', { pool, namespace: '' })),
      )
      const row = (found: typeof a) => found?.images.find((one) => one.name === name)
      // A first copy in snapshot mode reads as replaying too, but knows no snapshot of its own yet.
      const held = [row(a)?.remote[0], row(b)?.local].every(
        (status) => status?.state === 'replaying' && /position|local_snapshot/.test(status.description),
      )
      if (held && row(b)?.remote[0]?.state === 'stopped') return
      await sleep(50)
    }
    throw new Error(`${pool}/${name} was not copied`)
  }

  const content = (side: Side, { pool, name }: ImageSpec): string => {
    const { held = [], hollow = false } = world.truth(pool, name)[siteOf[side]] ?? {}
    return JSON.stringify([hollow, held.filter((h) => h.writes > 0).map((h) => [h.turn, h.writes])])
  }

  return {
    siteA,
    siteB,
    pool: POOL,
    sparePool: SPARE,
    barePool: BARE,
    async makePlain(side, image) {
      world.fault({ kind: 'make-image', image: specText(image), site: siteOf[side], mode: 'none' })
    },
    async writtenByChanges() {
      const state = join(folder, 'state')
      return readdirSync(state)
        .map((name) => readFileSync(join(state, name), 'utf8'))
        .join('\n')
    },
    async makeImages(wanted) {
      const make = async (kind: string, n: number, mode: MirrorMode | 'none', pool: string): Promise<ImageSpec[]> => {
        const specs = Array.from({ length: n }, (_, i) => ({ pool, namespace: '', name: `contract-${kind}-${i + 1}` }))
        for (const spec of specs) {
          world.fault({ kind: 'make-image', image: specText(spec), site: siteOf.a, mode })
          if (mode !== 'none') world.fault({ kind: 'write', image: specText(spec), site: siteOf.a, writes: 64 })
        }
        for (const spec of specs) await copied(spec, mode)
        return specs
      }
      return {
        journal: await make('journal', wanted.journal, 'journal', POOL),
        snapshot: await make('snapshot', wanted.snapshot, 'snapshot', POOL),
        plain: await make('plain', wanted.plain, 'none', POOL),
        spare: await make('spare', wanted.spare, 'snapshot', SPARE),
      }
    },
    async makeClone(parent) {
      const child = { ...parent, name: `${parent.name}-child-${++children}` }
      world.fault({ kind: 'make-image', image: specText(child), site: siteOf.a, parent: specText(parent) })
      return child
    },
    async write(side, image) {
      world.fault({ kind: 'write', image: specText(image), site: siteOf[side], writes: 64 })
    },
    async hold(side: Side, image) {
      const at = { image: specText(image), site: siteOf[side] }
      world.fault({ kind: 'open-client', ...at, entity: 'client.admin' })
      return async () => world.fault({ kind: 'close-client', ...at })
    },
    content: async (side, image) => content(side, image),
    sameContent: async (image) => content('a', image) === content('b', image),
    async stopMirror(side) {
      world.fault({ kind: 'stop-daemon', site: siteOf[side] })
    },
    async startMirror(side) {
      world.fault({ kind: 'start-daemon', site: siteOf[side] })
    },
    sleep,
    async close() {
      await Promise.all([siteA.close(), siteB.close()])
      await serving.close()
      world.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
