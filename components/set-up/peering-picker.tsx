'use client'

import { Button } from '@/components/ui/button'
import { Field, Input } from '@/components/ui/input'
import { Notice } from '@/components/ui/notice'
import { ChoiceCards } from '@/components/wizard/choice-cards'
import type { GroundView } from '@/lib/views/set-up'
import { useSetUpDraft } from './draft'

/** One way or both, by a token or by hand. */
export function PeeringPicker({ ground }: { readonly ground: GroundView | undefined }) {
  const { draft, change } = useSetUpDraft()
  const { from, to, peering } = draft
  const [here, there] = [from || 'this site', to || 'the other']
  const fsid = ground?.sites[0]?.fsid ?? ''
  return (
    <div className="flex flex-col gap-4">
      <ChoiceCards
        label="One way or both"
        value={draft.ways}
        onChoose={(ways) => change({ ways })}
        cards={[
          {
            value: 'two-way',
            title: 'Both ways',
            detail: `Each site pulls from the other: after a failover to ${there} the way back is there already.`,
          },
          {
            value: 'one-way',
            title: 'One way',
            detail: `${there} pulls from ${here} alone. After a failover nothing is protected until the way back is set up.`,
          },
        ]}
      />
      <ChoiceCards
        label="How the sites get to know each other"
        value={peering}
        onChoose={(kind) => change({ peering: kind })}
        cards={[
          {
            value: 'token',
            title: 'By token',
            detail: `${here} makes a bootstrap token and ${there} takes it, in one pipe. Nobody sees it.`,
          },
          {
            value: 'by-hand',
            title: 'By hand',
            detail:
              'A user, the monitors, and a key that goes from one command to the other. The only way where both clusters have one fsid.',
          },
        ]}
      />
      {ground?.sameFsid === true && peering === 'token' && (
        <Notice
          tone="bad"
          title="Both clusters have one fsid: no token can be used between them"
          action={<Button onClick={() => change({ peering: 'by-hand' })}>Take peers by hand</Button>}
        >
          <code>{fsid}</code> at both. A token names its cluster by the fsid, and Ceph takes none that names itself.
        </Notice>
      )}
      {peering === 'by-hand' && (
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            label="What each rbd-mirror logs in as at the other site"
            hint="Made where it is missing, with the capabilities that rbd-mirror needs. Its key is shown nowhere."
          >
            <Input
              value={draft.client}
              spellCheck={false}
              autoComplete="off"
              onChange={(event) => change({ client: event.target.value })}
            />
          </Field>
          <p className="text-sm text-faint sm:pt-6">
            The monitors are read from both clusters; what we found names them, and whether each is reached.
          </p>
        </div>
      )}
    </div>
  )
}
