'use client'

import { parseAsString, useQueryState } from 'nuqs'
import { useEffect, useState } from 'react'
import { ChangeWizard, ChooseFoot } from '@/components/changes/change-wizard'
import { Card } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import { Notice } from '@/components/ui/notice'
import { SkeletonLines } from '@/components/ui/skeleton'
import { ChoiceCards } from '@/components/wizard/choice-cards'
import { FencePicker } from '@/components/wizard/fence-picker'
import { previewCinderAction, startCinderAction } from '@/lib/actions/cinder-failover'
import type { BackendsView } from '@/lib/views/cinder-failover'
import { cinderIntentOf, missingOfCinder, useCinderDraft } from './draft'
import { GroupChoice } from './group-choice'
import { useBackends } from './use-backends'
import { CINDER_WORDS } from './words'

const READS = [
  'the cinder-volume service: where it serves, its replication, whether it is frozen',
  'every volume of the backend with its snapshots, of all tenants',
  'the image of each volume at both sites: role, journal, clones, who holds it open',
  'the servers that use them, their boot order and where their connections lead',
] as const

const READS_LOST = [
  'whether the site is silent, from this console and from the other site',
  ...READS.slice(0, 2),
  'the copy of each volume at the other site: up to when it is known to hold everything',
  'the servers that use them, their boot order and where their connections lead',
] as const

const newest = () => {
  const { draft, requestId } = useCinderDraft.getState()
  return { intent: cinderIntentOf(draft), requestId }
}

/** A whole Cinder backend, with its volumes and servers, goes to the other site or back. */
export function CinderWizard() {
  const { draft, change, clear } = useCinderDraft()
  const [state, setState] = useState<'reading' | 'ready'>('reading')
  const [group] = useQueryState('group', parseAsString.withDefault(''))
  useEffect(() => {
    void Promise.resolve(useCinderDraft.persist.rehydrate()).then(() => {
      const { draft, change } = useCinderDraft.getState()
      // Another group, or none any more, is another choice of backend.
      if (draft.group !== group) change({ group, cloud: '', host: '', target: '' })
      setState('ready')
    })
  }, [group])
  const backends = useBackends()
  const chosen = backends.data?.backends.find(({ cloud, host }) => cloud === draft.cloud && host === draft.host)
  const to = chosen?.targets.find(({ name }) => name === draft.target)?.site
  return (
    <ChangeWizard
      title={
        chosen?.serves == null || to == null
          ? draft.group === ''
            ? 'Fail over a Cinder backend'
            : `Fail over group ${draft.group}`
          : `Fail over ${draft.group === '' ? chosen.host : `group ${draft.group}, ${chosen.host},`} from ${chosen.serves} to ${to}`
      }
      badge={draft.site === 'lost' ? 'by force' : 'both sites answer'}
      intent={cinderIntentOf(draft)}
      state={state}
      newest={newest}
      reads={draft.site === 'lost' ? READS_LOST : READS}
      sites={[chosen?.serves ?? '', to ?? ''].filter((site) => site !== '')}
      preview={previewCinderAction}
      start={startCinderAction}
      onClear={() => {
        clear()
        // The address still names it: without it the whole backend would be meant.
        change({ group })
      }}
      words={CINDER_WORDS}
      choose={(onNext) => <Choose onNext={onNext} />}
    />
  )
}

function Choose({ onNext }: { readonly onNext: () => void }) {
  const { draft, change } = useCinderDraft()
  const { data, error } = useBackends()
  return (
    <>
      {draft.group !== '' && <GroupChoice name={draft.group} />}
      <Card title="Which backend" aside="failover_host takes every volume of it, of all tenants">
        {error !== null ? (
          <Notice tone="unknown" title="The clouds could not be asked">
            <span className="break-words">{error.message}</span>
          </Notice>
        ) : data === undefined ? (
          <SkeletonLines lines={3} label="Asking Cinder" />
        ) : (
          <Backends view={data} />
        )}
      </Card>
      <Card title="The site that it leaves">
        <ChoiceCards
          label="The site that it leaves"
          value={draft.site}
          onChoose={(site) => change({ site })}
          cards={[
            {
              value: 'answers',
              title: 'It answers',
              detail: 'Each volume is demoted there and proven at the other site first: nothing is lost.',
            },
            {
              value: 'lost',
              title: 'It is lost',
              detail: 'Cinder promotes the copies by force, as they are. You see before what may be lost of each.',
            },
          ]}
        />
      </Card>
      {draft.site === 'lost' ? (
        <>
          <Card title="What fences it" aside="silent is not dead">
            <FencePicker fence={draft.fence} onChange={(fence) => change({ fence })} />
          </Card>
          <Card title="Who promotes the copies">
            <ChoiceCards
              label="Who promotes"
              value={draft.promotes}
              onChoose={(promotes) => change({ promotes })}
              cards={[
                {
                  value: 'cinder',
                  title: 'Cinder',
                  detail: 'cinder-volume runs: it is told to fail over, and its own records end right.',
                },
                {
                  value: 'console',
                  title: 'This console, past cinder-volume',
                  detail:
                    "cinder-volume is down: blocked by the dead cluster, or started since. Each copy is promoted from here, then Cinder's records are set and cinder-volume is started.",
                },
              ]}
            />
          </Card>
        </>
      ) : (
        <Card title="Clients that still hold a volume open once the servers are stopped">
          <ChoiceCards
            label="Clients"
            value={draft.clients}
            onChoose={(clients) => change({ clients })}
            cards={[
              {
                value: 'wait',
                title: 'Wait for them',
                detail: 'The run names each client and goes on by itself once it is gone.',
              },
              {
                value: 'evict',
                title: 'Evict them',
                detail:
                  'Each is blocklisted for an hour: what it has not written is lost to it. One that nobody can name is never evicted.',
              },
            ]}
          />
        </Card>
      )}
      <ChooseFoot refusal={missingOfCinder(draft)} onNext={onNext} />
    </>
  )
}

function Backends({ view: { backends, silent } }: { readonly view: BackendsView }) {
  const { draft, change } = useCinderDraft()
  const choices = backends.flatMap((one) => one.targets.map((target) => ({ ...one, target })))
  return (
    <div className="flex flex-col gap-3">
      {silent.map(({ cloud, reason }) => (
        <Notice key={cloud} tone="unknown" title={`The cloud of ${cloud} does not answer`}>
          <span className="break-words">{reason}</span>
        </Notice>
      ))}
      {choices.length === 0 ? (
        <Empty title="No backend can be failed over">
          {backends.length === 0
            ? 'No cloud is configured, or it has no cinder-volume: name one in antipode.yaml under openstack.'
            : `${backends.map(({ host }) => host).join(', ')}: none has a replication_device that Cinder tells of. Name its target under openstack.backends.`}
        </Empty>
      ) : (
        <ChoiceCards
          label="Backend and target"
          value={keyOf(draft.cloud, draft.host, draft.target)}
          onChoose={(key) => {
            const found = choices.find(({ cloud, host, target }) => keyOf(cloud, host, target.name) === key)
            if (found !== undefined) change({ cloud: found.cloud, host: found.host, target: found.target.name })
          }}
          cards={choices.map(({ cloud, host, serves, target, replicationStatus, state, frozen }) => ({
            value: keyOf(cloud, host, target.name),
            title: (
              <>
                <code>{host}</code> {target.name === 'default' ? 'back to' : 'to'} {target.site ?? target.name}
              </>
            ),
            detail: `serves from ${serves ?? 'a site that is not known'}; cinder-volume ${state}, replication ${replicationStatus}${frozen ? ', frozen' : ''}; Cinder calls the target ${target.name}`,
          }))}
        />
      )}
    </div>
  )
}

const keyOf = (cloud: string, host: string, target: string): string => `${cloud} ${host} ${target}`
