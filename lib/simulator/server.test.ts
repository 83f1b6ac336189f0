import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { simulatorChannel } from './channel'
import { realClock } from './real-clock'
import { type Serving, serve } from './server'
import { smallWorld } from './small-world'
import { fileLog } from './state-log'
import { createWorld, type World } from './world'

const folder = mkdtempSync(join(tmpdir(), 'antipode-sim-test-'))
const socket = join(folder, 'sim.sock')
const ended: (() => Promise<unknown> | unknown)[] = []
let number = 0

/** A simulator at the socket; `state` names its folder, so that a second one may go on where it stopped. */
async function simulator(state: string): Promise<{ world: World; serving: Serving }> {
  const world = createWorld({ clock: realClock(), spec: smallWorld(), log: fileLog(join(folder, state)) })
  const serving = await serve(world, socket)
  ended.push(() => serving.close())
  return { world, serving }
}

function channelTo(site: string) {
  const channel = simulatorChannel(site, socket)
  ended.push(() => channel.close())
  return channel
}

const change = (attemptId: string, softDeadlineMs = 5_000) => ({
  attemptId,
  softDeadlineMs,
  onStarted: () => undefined,
})

afterEach(async () => {
  for (const end of ended.splice(0)) await end()
  rmSync(socket, { force: true })
})

describe('a channel to the simulator', () => {
  test('runs commands and calls, and shows what it runs', async () => {
    await simulator(`s${++number}`)
    const channel = channelTo('site-a')
    expect(await channel.command(['rbd', 'mirror', 'image', 'promot', 'x'])).toMatchObject({ exit: 1, overdue: false })
    expect(JSON.parse((await channel.command(['rbd', 'ls', 'volumes', '--format', 'json'])).stdout)).toContain(
      'vol-snap-1',
    )
    expect(await channel.call('hello', {})).toMatchObject({ protocol: 1 })
    await expect(channel.call('mirror.statuses', { pool: 'nope', namespace: '' })).rejects.toMatchObject({
      kind: 'missing',
      exit: 2,
    })
    expect(channel.shown(['rbd', 'ls'])).toEqual(['rbd', '--cluster', 'site-a', 'ls'])
  })

  test('ends its waiting at the deadline, and says what that means', async () => {
    const { world } = await simulator(`s${++number}`)
    const channel = channelTo('site-a')
    world.fault({ kind: 'lose-site', site: 'site-a' })
    const begun = Date.now()
    expect(await channel.command(['rbd', 'ls', 'volumes'], { deadlineMs: 200 })).toMatchObject({
      exit: null,
      overdue: true,
    })
    await expect(channel.call('hello', {}, { deadlineMs: 200 })).rejects.toMatchObject({ kind: 'unreachable' })
    expect(Date.now() - begun).toBeLessThan(2_000)
  })

  test('a change goes on without whoever asked for it, is found by its attempt, and its result is kept', async () => {
    const { world } = await simulator(`s${++number}`)
    const channel = simulatorChannel('site-a', socket)
    world.fault({ kind: 'hang-next', pattern: 'image demote' })
    const asked = channel.change(['rbd', 'mirror', 'image', 'demote', 'volumes/vol-snap-1'], change('a1', 150))
    expect(await asked).toMatchObject({ exit: null, overdue: true })
    await channel.close()
    const other = channelTo('site-a')
    expect(await other.mayLive('a1', null)).toBe('lives')
    expect((await other.call('process.find', { attemptId: 'a1' })).pids).toHaveLength(1)
    world.fault({ kind: 'clear' })
    await expect.poll(() => other.mayLive('a1', null)).toBe('gone')
    expect(world.attempt('a1')).toMatchObject({ exit: 0, stdout: 'Image demoted to non-primary\n' })
    expect(world.truth('volumes', 'vol-snap-1')['site-a']?.role).toBe('orphan')
  })

  test('a simulator that was started again goes on with the same world', async () => {
    const state = `s${++number}`
    const first = await simulator(state)
    const channel = channelTo('site-a')
    const demoted = await channel.change(['rbd', 'mirror', 'image', 'demote', 'volumes/vol-snap-1'], change('b1'))
    expect(demoted.exit).toBe(0)
    first.world.fault({ kind: 'hang-next', pattern: 'image demote' })
    const lost = channel.change(['rbd', 'mirror', 'image', 'demote', 'volumes/vol-snap-2'], change('b2'))
    await expect.poll(() => channel.mayLive('b2', null)).toBe('lives')
    await first.serving.close()
    const second = await simulator(state)
    // It died with the first: nobody saw it end, and it lives no more.
    expect(await lost).toMatchObject({ exit: null, overdue: false })
    expect(await channel.mayLive('b2', null)).toBe('gone')
    expect(second.world.attempt('b1')).toMatchObject({ exit: 0 })
    expect(second.world.truth('volumes', 'vol-snap-1')['site-a']?.role).toBe('orphan')
    expect(second.world.truth('volumes', 'vol-snap-2')['site-a']?.role).toBe('primary')
  })

  test('without a simulator reads are overdue, calls unreachable, and no change is begun', async () => {
    const channel = channelTo('site-a')
    expect(await channel.command(['ceph', 'fsid'], { deadlineMs: 300 })).toMatchObject({ exit: null, overdue: true })
    await expect(channel.call('hello', {}, { deadlineMs: 300 })).rejects.toMatchObject({ kind: 'unreachable' })
    const begun = channel.change(['rbd', 'mirror', 'image', 'demote', 'volumes/vol-snap-1'], change('d1'))
    await expect(begun).rejects.toMatchObject({ kind: 'unavailable' })
  })

  test('what the clusters were told is recorded, with the attempt', async () => {
    const state = `s${++number}`
    const { world } = await simulator(state)
    const argv = ['rbd', 'mirror', 'image', 'snapshot', 'volumes/vol-snap-1']
    await channelTo('site-a').change(argv, change('c1'))
    expect(world.recorded()).toMatchObject([
      { site: 'site-a', argv, attemptId: 'c1', exit: 0, endedAt: expect.any(Number) },
    ])
    const lines = readFileSync(join(folder, state, 'commands.jsonl'), 'utf8')
      .trim()
      .split('\n')
    expect(lines.map((line) => JSON.parse(line).exit)).toEqual([null, 0])
  })

  test('two simulators do not share a socket', async () => {
    await simulator(`s${++number}`)
    await expect(simulator(`s${++number}`)).rejects.toThrow('another simulator answers')
  })
})
