import { expect, test } from 'vitest'
import { aServer } from '@/lib/domain/cloud-fixture'
import type { CloudPort } from '@/lib/ports/cloud'
import { AdapterError } from '@/lib/ports/errors'
import { simulatedProbe } from './simulated-probe'

const cloud = (servers: CloudPort['servers']) => [{ servers } as CloudPort]
const up = aServer('db', [], { addresses: ['10.0.0.4'] })
const off = aServer('app', [], { addresses: ['10.0.0.5'], status: 'SHUTOFF' })

test('in the demo what answers is what is ACTIVE there; no address of the real world is ever reached', async () => {
  const probe = simulatedProbe(cloud(async () => [up, off]))
  expect(await probe.port('10.0.0.4', 5432)).toMatchObject({ open: true })
  expect(await probe.http('http://10.0.0.4:8080/health', 200)).toMatchObject({ open: true })
  expect(await probe.http('http://10.0.0.4/', 204)).toEqual({ open: false, text: 'answers 200' })
  expect(await probe.port('10.0.0.5', 5432)).toMatchObject({ open: false, text: expect.stringContaining('SHUTOFF') })
  expect(await probe.port('127.0.0.1', 22)).toMatchObject({ open: false, text: expect.stringContaining('no server') })
})

test('while the cloud of the demo is silent nothing is known, and nobody fails', async () => {
  const silent = simulatedProbe(
    cloud(() => Promise.reject(new AdapterError('unreachable', 'west', 'servers', 'no answer'))),
  )
  expect(await silent.port('10.0.0.4', 5432)).toMatchObject({ open: false, text: expect.stringContaining('not known') })
})
