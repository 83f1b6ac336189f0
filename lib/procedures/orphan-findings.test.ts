import { expect, test } from 'vitest'
import type { PoolImage } from '@/lib/ports/mirror'
import { orphanFindings } from './orphan-findings'

const image = (name: string, role: 'primary' | 'non-primary' | null): PoolImage =>
  ({
    spec: { pool: 'volumes', namespace: '', name },
    mirrored: role === null ? null : { mode: 'snapshot', globalId: `g-${name}`, role },
  }) as unknown as PoolImage

test('a copy whose image the other site does not have stops a set-up: rbd-mirror would delete it', () => {
  const copies = [image('kept', 'non-primary'), image('promoted', 'primary'), image('plain', null)]
  expect(orphanFindings('b', copies, 'a', [])).toMatchObject([
    { severity: 'blocks', keys: [], evidence: expect.stringContaining('volumes/kept') },
  ])
  expect(orphanFindings('b', copies, 'a', [image('kept', 'primary')])).toEqual([])
})
