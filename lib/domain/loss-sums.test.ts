import { expect, test } from 'vitest'
import { lossSums } from './loss-sums'

const row = (heldUntilAt: number | null, tenant: string, ...servers: string[]) => ({
  heldUntilAt,
  volume: { name: 'data', tenant, servers },
})

test('losses are summed up by server and by tenant, and what nothing bounds comes before any figure', () => {
  expect(
    lossSums([row(3_000, 'shop', 'db'), row(1_000, 'shop', 'db', 'web'), row(null, 'lab'), row(9_000, 'lab')]),
  ).toEqual([
    { kind: 'server', name: 'db', volumes: 2, unknown: 0, heldUntilAt: 1_000 },
    { kind: 'server', name: 'web', volumes: 1, unknown: 0, heldUntilAt: 1_000 },
    { kind: 'tenant', name: 'lab', volumes: 2, unknown: 1, heldUntilAt: 9_000 },
    { kind: 'tenant', name: 'shop', volumes: 2, unknown: 0, heldUntilAt: 1_000 },
  ])
})

test('an image that is no volume of a cloud is in no sum', () => {
  expect(lossSums([{ heldUntilAt: 1_000 }])).toEqual([])
})
