import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { NeverSent } from '@/lib/ports/cloud-channel'
import { realClock } from '../real-clock'
import { serve } from '../server'
import { smallWorld } from '../small-world'
import { createWorld } from '../world'
import { simulatorCloudChannel } from './channel'
import { originOf } from './cloud-spec'

test('a request to a Keystone that is stopped was never sent', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'antipode-cloud-'))
  const socket = join(folder, 'sim.sock')
  const world = createWorld({ clock: realClock(), spec: smallWorld() })
  const serving = await serve(world, socket)
  const channel = simulatorCloudChannel('site-a', socket)
  const ask = () => {
    const url = `${originOf('site-a', 'identity')}/v3/`
    return channel.send({ method: 'GET', url, headers: {}, body: null }, { deadlineMs: 5_000 })
  }
  try {
    expect((await ask()).status).toBe(200)
    world.fault({ kind: 'stop-keystone', site: 'site-a' })
    await expect(ask()).rejects.toThrow(/^site-a: connection refused/)
    await expect(ask()).rejects.toBeInstanceOf(NeverSent)
  } finally {
    await channel.close()
    await serving.close()
    world.close()
    rmSync(folder, { recursive: true, force: true })
  }
})
