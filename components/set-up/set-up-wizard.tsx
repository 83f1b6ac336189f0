'use client'

import { useCallback } from 'react'
import { ChangeWizard, ChooseFoot } from '@/components/changes/change-wizard'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import { SkeletonLines } from '@/components/ui/skeleton'
import { previewSetUpAction, startSetUpAction } from '@/lib/actions/set-up'
import { SET_UP_WORDS } from './change-words'
import { useSetUpDraft } from './draft'
import { ImagesPicker } from './images-picker'
import { missingOfSetUp, setUpIntentOf } from './intent'
import { ModeCard } from './mode-card'
import { PeeringPicker } from './peering-picker'
import { PoolsPicker } from './pools-picker'
import { SchedulePicker } from './schedule-picker'
import { SiteSelects } from './site-selects'
import { useGround } from './use-ground'
import { useSitesInUrl } from './use-sites-in-url'

const READS = [
  'fsid, clock, pools, users and their capabilities at both sites',
  'the monitors and OSDs of each site, tried from the network of the other',
  'what is mirrored already, the peers and the rbd-mirror daemons',
  'every image of the chosen pools: features, parents, clones, and names that are taken at the other site',
  'the room for the copies, and the snapshot schedules',
] as const

const newest = () => {
  const { draft, requestId } = useSetUpDraft.getState()
  return { intent: setUpIntentOf(draft), requestId }
}

/** Two clusters come to the point where a failover is possible, both from one screen. */
export function SetUpWizard() {
  const { draft, change, clear } = useSetUpDraft()
  const take = useCallback((sites: { readonly from?: string; readonly to?: string }) => change(sites), [change])
  const state = useSitesInUrl(useSetUpDraft, take)
  const { from, to } = draft
  return (
    <ChangeWizard
      title={from === '' || to === '' ? 'Set up mirroring' : `Mirror ${from} to ${to}`}
      badge="nothing is deleted"
      intent={setUpIntentOf(draft)}
      state={state}
      newest={newest}
      reads={READS}
      sites={[from, to]}
      preview={previewSetUpAction}
      start={startSetUpAction}
      onClear={clear}
      words={SET_UP_WORDS}
      choose={(onNext) => <Choose onNext={onNext} />}
    />
  )
}

function Choose({ onNext }: { readonly onNext: () => void }) {
  const { draft, change } = useSetUpDraft()
  const { from, to, pools } = draft
  const ground = useGround(
    from,
    to,
    pools.map(({ name }) => name),
  )
  const chosen = from !== '' && to !== '' && from !== to
  const hasSnapshots =
    draft.scope === 'named' ? draft.images.some(({ mode }) => mode === 'snapshot') : draft.mode === 'snapshot'
  return (
    <>
      <Card title="Which sites" aside="where the images are, and where their copies are made">
        <SiteSelects
          from={from}
          to={to}
          labels={{ from: 'The images are at', to: 'Their copies are made at' }}
          onChoose={(sites) => change({ ...sites, pools: [], images: [], schedules: {} })}
        />
      </Card>
      {ground.error !== null && chosen && (
        <Notice tone="unknown" title="Both sites could not be read">
          <span className="break-words">{ground.error.message}</span>
        </Notice>
      )}
      {chosen && ground.data === undefined && ground.error === null && (
        <Card title="Pools">
          <SkeletonLines lines={4} label="Reading both sites" />
        </Card>
      )}
      {chosen && ground.data !== undefined && (
        <>
          <Card title="Which pools" aside="a pool is mirrored to the one of the same name">
            <PoolsPicker ground={ground.data} />
          </Card>
          <Card title="How the sites get to know each other">
            <PeeringPicker ground={ground.data} />
          </Card>
          <Card title="Journal or snapshots" aside="for each image; where some are picked, one by one">
            <ModeCard ground={ground.data} />
          </Card>
          <Card title="Which images" aside="parents are mirrored before their clones">
            <ImagesPicker ground={ground.data} />
          </Card>
          {(hasSnapshots || draft.scope === 'none') && (
            <Card title="Snapshot schedules" aside="without one a copy is whole once, and then ages">
              <SchedulePicker ground={ground.data} />
            </Card>
          )}
        </>
      )}
      <ChooseFoot refusal={missingOfSetUp(draft)} onNext={onNext} />
    </>
  )
}
