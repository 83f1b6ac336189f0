'use client'

import { useCallback } from 'react'
import { ChangeWizard, ChooseFoot } from '@/components/changes/change-wizard'
import { Card } from '@/components/ui/card'
import { Checkbox } from '@/components/ui/checkbox'
import { Empty } from '@/components/ui/empty'
import { Notice } from '@/components/ui/notice'
import { SkeletonLines } from '@/components/ui/skeleton'
import { ChoiceCards } from '@/components/wizard/choice-cards'
import { previewTakeDownAction, startTakeDownAction } from '@/lib/actions/set-up'
import { TAKEN_DOWN, takenDownOf } from '@/lib/domain/taken-down'
import type { GroundView } from '@/lib/views/set-up'
import { TAKE_DOWN_WORDS } from './change-words'
import { useTakeDownDraft } from './draft'
import { missingOfTakeDown, takeDownIntentOf } from './intent'
import { SiteSelects } from './site-selects'
import { useGround } from './use-ground'
import { useSitesInUrl } from './use-sites-in-url'

const READS = [
  'what is mirrored in the chosen pools at both sites, and where it is primary',
  'the copies that would be deleted, and their sizes',
  'peers and snapshot schedules at both sites',
] as const
const READS_WITHOUT_IMAGES = ['the peers of the chosen pools, and the snapshot schedules, at both sites'] as const

const newest = () => {
  const { draft, requestId } = useTakeDownDraft.getState()
  return { intent: takeDownIntentOf(draft), requestId }
}

const NO_POOLS: readonly string[] = []

/** Each part of a set-up is undone. */
export function TakeDownWizard() {
  const { draft, change, clear } = useTakeDownDraft()
  const take = useCallback((sites: { readonly from?: string; readonly to?: string }) => change(sites), [change])
  const state = useSitesInUrl(useTakeDownDraft, take)
  const { from, to } = draft
  const what = takenDownOf(draft.part)
  return (
    <ChangeWizard
      title={from === '' || to === '' ? 'Take mirroring down' : TAKEN_DOWN[what].title(from, to)}
      badge={TAKEN_DOWN[what].badge}
      intent={takeDownIntentOf(draft)}
      state={state}
      newest={newest}
      reads={what === 'images' ? READS : READS_WITHOUT_IMAGES}
      sites={[from, to]}
      preview={previewTakeDownAction}
      start={startTakeDownAction}
      onClear={clear}
      words={TAKE_DOWN_WORDS}
      choose={(onNext) => <Choose onNext={onNext} />}
    />
  )
}

function Choose({ onNext }: { readonly onNext: () => void }) {
  const { draft, change } = useTakeDownDraft()
  const { from, to } = draft
  const ground = useGround(from, to, NO_POOLS)
  const there = to || 'the other site'
  const deletes = takenDownOf(draft.part) === 'images'
  return (
    <>
      <Card
        title="Between which sites"
        aside={
          deletes ? 'the one keeps its images, the other loses its copies of them' : 'both keep all images and copies'
        }
      >
        <SiteSelects
          from={from}
          to={to}
          labels={
            deletes ? { from: 'Keeps its images', to: 'Loses its copies' } : { from: 'One site', to: 'The other site' }
          }
          onChoose={(sites) => change({ ...sites, pools: [] })}
        />
      </Card>
      <Card title="What is taken down">
        <ChoiceCards
          label="What is taken down"
          value={draft.part}
          onChoose={(part) => change({ part })}
          cards={[
            {
              value: 'all',
              title: 'Everything',
              detail: `Schedules, images, peers and the pools themselves. rbd-mirror deletes the copies at ${there}.`,
            },
            {
              value: 'images',
              title: 'The images',
              detail: `Their mirroring ends and rbd-mirror deletes the copies at ${there}. Pools and peers stay.`,
            },
            {
              value: 'schedules',
              title: 'The schedules',
              detail: 'Copies in snapshot mode age from then on. Nothing is deleted.',
            },
            {
              value: 'peers',
              title: 'The peers',
              detail: 'The images stay mirrored, and nothing follows them. Nothing is deleted.',
            },
          ]}
        />
      </Card>
      <Card title="In which pools">
        {from === '' || to === '' ? (
          <Empty title="Choose the two sites first">The pools depend on them.</Empty>
        ) : ground.error !== null ? (
          <Notice tone="unknown" title="Both sites could not be read">
            <span className="break-words">{ground.error.message}</span>
          </Notice>
        ) : ground.data === undefined ? (
          <SkeletonLines lines={3} label="Reading both sites" />
        ) : (
          <Pools pools={ground.data.pools} />
        )}
      </Card>
      <ChooseFoot refusal={missingOfTakeDown(draft)} onNext={onNext} />
    </>
  )
}

function Pools({ pools }: { readonly pools: GroundView['pools'] }) {
  const { draft, change } = useTakeDownDraft()
  const mirrored = pools.filter(
    ({ from, to }) => from !== null && to !== null && (from.mode !== 'disabled' || to.mode !== 'disabled'),
  )
  if (mirrored.length === 0)
    return (
      <Empty title={`Nothing is mirrored between ${draft.from} and ${draft.to}`}>There is nothing to take down.</Empty>
    )
  const toggle = (name: string) =>
    change({ pools: draft.pools.includes(name) ? draft.pools.filter((one) => one !== name) : [...draft.pools, name] })
  return (
    <ul aria-label="Pools" className="divide-y divide-line rounded-lg border border-line">
      {mirrored.map(({ name, from, to }) => (
        <li key={name} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5">
          <Checkbox
            label={`Pool ${name}`}
            state={draft.pools.includes(name) ? 'on' : 'off'}
            onToggle={() => toggle(name)}
          />
          <span className="w-40 font-mono text-sm">{name}</span>
          <span className="text-sm text-dim">
            {draft.from}: {peersText(from)}; {draft.to}: {peersText(to)}
          </span>
        </li>
      ))}
    </ul>
  )
}

function peersText(pool: GroundView['pools'][number]['from']): string {
  if (pool === null) return 'no such pool'
  if (pool.mode === 'disabled') return 'not mirrored'
  return pool.peers.length === 0 ? 'mirrored, no peer' : `mirrored, peer ${pool.peers.join(', ')}`
}
