import { draftStore } from '@/components/changes/draft-store'
import type { TakeDownPart } from '@/lib/domain/set-up'
import type { MirrorMode } from '@/lib/domain/words'

/** What the operator has chosen so far. '' is: not chosen. Keys and tokens are never part of it. */
export interface SetUpDraft {
  readonly from: string
  readonly to: string
  readonly ways: 'one-way' | 'two-way'
  readonly peering: 'token' | 'by-hand'
  readonly client: string
  readonly pools: readonly { readonly name: string; readonly mode: 'image' | 'pool' }[]
  readonly scope: 'all' | 'named' | 'none'
  readonly mode: MirrorMode
  /** Picked images, `pool/name`, each with its mode. */
  readonly images: readonly { readonly spec: string; readonly mode: MirrorMode }[]
  /** By pool; '' is none. */
  readonly schedules: Readonly<Record<string, string>>
  /** What the advice rests on, as it was typed: MiB/s, and Mbit/s. */
  readonly writeRate: string
  readonly linkRate: string
}

export interface TakeDownDraft {
  readonly from: string
  readonly to: string
  readonly part: TakeDownPart
  readonly pools: readonly string[]
}

const EMPTY_SET_UP: SetUpDraft = {
  ...{ from: '', to: '', ways: 'two-way', peering: 'token', client: 'client.rbd-mirror-peer' },
  ...{ pools: [], scope: 'all', mode: 'snapshot', images: [], schedules: {}, writeRate: '', linkRate: '' },
}

const EMPTY_TAKE_DOWN: TakeDownDraft = { from: '', to: '', part: 'all', pools: [] }

export const useSetUpDraft = draftStore('antipode.set-up-draft', EMPTY_SET_UP)
export const useTakeDownDraft = draftStore('antipode.take-down-draft', EMPTY_TAKE_DOWN)
