import { bareWorld } from './bare-world'
import { demoWorld } from './demo-world'
import { hugeWorld } from './huge-world'
import { smallWorld } from './small-world'
import type { WorldSpec } from './spec'

export const WORLDS = ['demo', 'small', 'huge', 'bare', 'bare-one-fsid'] as const
export type WorldName = (typeof WORLDS)[number]

/** The world of this name. */
export function worldNamed(name: WorldName, seed: number): WorldSpec {
  if (name === 'demo') return demoWorld(seed)
  if (name === 'bare') return bareWorld('two')
  if (name === 'bare-one-fsid') return bareWorld('one')
  return name === 'huge' ? hugeWorld(seed) : smallWorld()
}
