'use client'

import { Checkbox } from '@/components/ui/checkbox'
import { Empty } from '@/components/ui/empty'
import { Select } from '@/components/ui/select'
import type { GroundView } from '@/lib/views/set-up'
import { useSetUpDraft } from './draft'

type Pool = GroundView['pools'][number]

const MODES = [
  { value: 'image', text: 'by image' },
  { value: 'pool', text: 'whole pool' },
]

/** The pools of both sites, each with what mirroring it has. */
export function PoolsPicker({ ground }: { readonly ground: GroundView }) {
  const { draft, change } = useSetUpDraft()
  const { from, to } = draft
  if (ground.pools.length === 0) {
    return (
      <Empty title="Neither site has a pool for RBD images">
        Make one of the same name at both: <code>ceph osd pool create NAME; rbd pool init NAME</code>.
      </Empty>
    )
  }
  const chosen = new Map(draft.pools.map((pool) => [pool.name, pool]))
  const toggle = ({ name, from: here }: Pool) =>
    change({
      images: draft.images.filter(({ spec }) => !spec.startsWith(`${name}/`) || !chosen.has(name)),
      pools: chosen.has(name)
        ? draft.pools.filter((pool) => pool.name !== name)
        : [...draft.pools, { name, mode: here?.mode === 'pool' ? 'pool' : 'image' }],
    })
  return (
    <div className="flex flex-col gap-3">
      <ul aria-label="Pools" className="divide-y divide-line rounded-lg border border-line">
        {ground.pools.map((pool) => (
          <li
            key={pool.name}
            className="grid items-center gap-x-4 gap-y-1 px-4 py-2.5 sm:grid-cols-[auto_10rem_1fr_11rem]"
          >
            <Checkbox
              label={`Pool ${pool.name}`}
              state={chosen.has(pool.name) ? 'on' : 'off'}
              onToggle={() => toggle(pool)}
            />
            <span className="font-mono text-sm">{pool.name}</span>
            <span className="text-sm text-dim">
              {stateAt(from, pool.from)}; {stateAt(to, pool.to)}
            </span>
            {chosen.has(pool.name) && (
              <Select
                label={`How ${pool.name} is mirrored`}
                size="small"
                value={chosen.get(pool.name)?.mode ?? 'image'}
                choices={MODES}
                onChoose={(mode) =>
                  change({
                    pools: draft.pools.map((one) =>
                      one.name === pool.name ? { ...one, mode: mode === 'pool' ? 'pool' : 'image' } : one,
                    ),
                  })
                }
              />
            )}
          </li>
        ))}
      </ul>
      <p className="max-w-prose text-sm text-faint">
        <strong className="font-medium text-dim">By image</strong> each image is mirrored on its own, by journal or by
        snapshots. OpenStack needs it: Cinder mirrors the volumes of its replicated types itself, and in a pool that is
        mirrored whole it cannot tell which. <strong className="font-medium text-dim">Whole pool</strong> mirrors
        whatever has a journal, and that alone.
      </p>
    </div>
  )
}

function stateAt(site: string, pool: Pool['from']): string {
  if (pool === null) return `not at ${site}`
  if (pool.mode === 'disabled') return `not mirrored at ${site}`
  const peers = pool.peers.length === 0 ? 'no peer' : `peer ${pool.peers.join(', ')}`
  return `mirrored at ${site} (${pool.mode === 'pool' ? 'whole pool' : 'by image'}, ${peers})`
}
