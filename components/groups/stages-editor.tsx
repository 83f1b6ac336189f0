'use client'

import { Button } from '@/components/ui/button'
import type { Stage } from '@/lib/domain/group'
import { GateFields, NEW_GATES } from './gate-fields'
import { earlier, replaced, without } from './list-editing'
import { MatchFields } from './match-fields'

interface StagesEditorProps {
  readonly stages: readonly Stage[]
  readonly onChange: (stages: readonly Stage[]) => void
}

/** Which servers start together, and what has to be seen before the next do. */
export function StagesEditor({ stages, onChange }: StagesEditorProps) {
  const set = (at: number, change: Partial<Stage>) =>
    onChange(stages.map((stage, index) => (index === at ? { ...stage, ...change } : stage)))
  return (
    <div className="flex flex-col gap-4">
      {stages.map(({ match, gates }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a stage is its place
        <fieldset key={at} className="flex flex-col gap-2 border-l-2 border-line pl-3">
          <legend className="mb-1 text-sm font-medium">Stage {at + 1}</legend>
          {match.map((one, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a match is its place
            <div key={place} className="flex flex-wrap items-center gap-2">
              <span className="w-14 text-sm text-faint">{place === 0 ? 'Servers' : 'or'}</span>
              <MatchFields
                label={`Stage ${at + 1}, servers ${place + 1}`}
                value={one}
                onChange={(value) => set(at, { match: replaced(match, place, value) })}
              />
              {match.length > 1 && (
                <Button
                  kind="ghost"
                  size="small"
                  aria-label={`Remove servers ${place + 1} of stage ${at + 1}`}
                  onClick={() => set(at, { match: without(match, place) })}
                >
                  ✕
                </Button>
              )}
            </div>
          ))}
          {gates.map((gate, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a gate is its place
            <div key={place} className="flex flex-wrap items-center gap-2">
              <span className="w-14 text-sm text-faint">then</span>
              <GateFields
                label={`Stage ${at + 1}, gate ${place + 1}`}
                value={gate}
                onChange={(value) => set(at, { gates: replaced(gates, place, value) })}
              />
              <Button
                kind="ghost"
                size="small"
                aria-label={`Remove gate ${place + 1} of stage ${at + 1}`}
                onClick={() => set(at, { gates: without(gates, place) })}
              >
                ✕
              </Button>
            </div>
          ))}
          <div className="flex flex-wrap gap-2">
            <Button kind="ghost" size="small" onClick={() => set(at, { match: [...match, { by: 'name', name: '' }] })}>
              Or other servers
            </Button>
            <Button
              kind="ghost"
              size="small"
              aria-label={`Add a gate to stage ${at + 1}`}
              onClick={() => set(at, { gates: [...gates, NEW_GATES.port] })}
            >
              Then wait for
            </Button>
            {at > 0 && (
              <Button kind="ghost" size="small" onClick={() => onChange(earlier(stages, at))}>
                Earlier
              </Button>
            )}
            <Button kind="ghost" size="small" onClick={() => onChange(without(stages, at))}>
              Remove stage {at + 1}
            </Button>
          </div>
        </fieldset>
      ))}
      <Button
        className="self-start"
        onClick={() => onChange([...stages, { match: [{ by: 'name', name: '' }], gates: [] }])}
      >
        Add a stage
      </Button>
    </div>
  )
}
