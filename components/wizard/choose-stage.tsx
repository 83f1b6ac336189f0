'use client'

import { useQuery } from '@tanstack/react-query'
import { EvidenceCard } from '@/components/evidence/evidence-card'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import { directionsQuery } from '@/lib/queries/recover'
import { shellQuery } from '@/lib/queries/shell'
import type { Direction } from '@/lib/views/failover-choices'
import { ChoiceCards } from './choice-cards'
import { DirectionPicker } from './direction-picker'
import { useDraft } from './draft'
import { FencePicker } from './fence-picker'
import { MINDS_CLIENTS, missing } from './intent'
import { KeepDays } from './keep-days'
import { ScopePicker } from './scope-picker'
import type { Handover } from './use-handover'
import { WIZARD_WORDS } from './words'

interface ChooseStageProps {
  readonly handover: Handover
  readonly onNext: () => void
}

export function ChooseStage({ handover, onNext }: ChooseStageProps) {
  const { draft, change } = useDraft()
  const words = WIZARD_WORDS[draft.procedure]
  const shell = useQuery(shellQuery())
  const directions = useQuery(directionsQuery())
  const direction = directionOf(directions.data?.directions ?? [], draft.from, draft.to)
  return (
    <>
      {handover.trouble !== null && <Notice tone="behind" title={handover.trouble} />}
      <Card title={words.direction} aside={words.directionAside}>
        <DirectionPicker shell={shell.data} directions={directions.data?.directions ?? null} />
      </Card>
      {draft.procedure === 'forced-failover' && (
        <Card title="What keeps the lost site from taking writes" aside="silent is not dead">
          <FencePicker fence={draft.fence} onChange={(fence) => change({ fence })} />
        </Card>
      )}
      <Card title="Which images">
        <ScopePicker direction={direction} />
      </Card>
      {draft.procedure === 'reprotect' && draft.scope === 'images' && draft.images.length > 0 && (
        <EvidenceCard ids={draft.images.map(({ id }) => id)} title="What speaks for each side" />
      )}
      <Card title="How it is done">
        <Options />
      </Card>
      <footer className="bottom-0 z-20 -mx-4 mt-auto -mb-5 flex flex-wrap items-center gap-3 border-t border-line bg-ground px-4 py-3 md:sticky md:-mx-6 md:px-6">
        <p className="text-sm text-faint">Next, both sites are looked at: nothing is changed before you approve.</p>
        <Button kind="action" className="ml-auto" refusal={missing(draft)} onClick={onNext}>
          Look at both sides
        </Button>
      </footer>
    </>
  )
}

/** How much there is from here to there; null while nothing has been chosen, or summed up. */
const directionOf = (directions: readonly Direction[], from: string, to: string): Direction | null =>
  directions.find((one) => one.from === from && one.to === to) ?? null

function Options() {
  const { draft, change } = useDraft()
  return (
    <div className="grid gap-6 xl:grid-cols-2">
      <fieldset className="flex min-w-0 flex-col gap-2">
        <legend className="mb-2 text-dim">If one image cannot go</legend>
        <ChoiceCards
          label="If one image cannot go"
          value={draft.allOrNothing ? 'all' : 'each'}
          onChoose={(chosen) => change({ allOrNothing: chosen === 'all' })}
          cards={[
            {
              value: 'each',
              title: 'The others go on',
              detail:
                draft.procedure === 'planned-failover' || draft.procedure === 'demote'
                  ? 'It stays with its clone family, and is promoted back where it was demoted already.'
                  : 'It stays as it is, with its clone family.',
            },
            {
              value: 'all',
              title: 'All or nothing',
              detail:
                draft.procedure === 'planned-failover' || draft.procedure === 'demote'
                  ? 'Nothing starts unless all can go. One that fails before the promotion stops all, and what was demoted is promoted back.'
                  : 'Nothing starts unless all can go. One that fails stops all that have not gone yet.',
            },
          ]}
        />
      </fieldset>
      {MINDS_CLIENTS.includes(draft.procedure) && (
        <fieldset className="flex min-w-0 flex-col gap-2">
          <legend className="mb-2 text-dim">If a client still holds an image open</legend>
          <ChoiceCards
            label="If a client still holds an image open"
            value={draft.clients}
            onChoose={(clients) => change({ clients })}
            cards={[
              {
                value: 'wait',
                title: 'Wait for it',
                detail:
                  'You stop the servers; the run goes on by itself once nobody holds the image. Nothing is cut off.',
              },
              {
                value: 'evict',
                title: 'Evict it',
                detail:
                  'The client is put on the blocklist for an hour, before the demotion. It sees I/O errors at once and loses what it had not written through. One that nobody can name is never evicted.',
              },
            ]}
          />
        </fieldset>
      )}
      {draft.procedure === 'reprotect' && <KeepDays />}
    </div>
  )
}
