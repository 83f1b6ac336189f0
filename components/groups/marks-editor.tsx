'use client'

import { Button } from '@/components/ui/button'
import { Select } from '@/components/ui/select'
import { MARK_WORDS, MARKS, type Marked } from '@/lib/domain/group'
import { replaced, without } from './list-editing'
import { MatchFields } from './match-fields'

interface MarksEditorProps {
  readonly marks: readonly Marked[]
  readonly onChange: (marks: readonly Marked[]) => void
}

const CHOICES = MARKS.map((value) => ({ value, text: MARK_WORDS[value] }))

/** Members that are not meant to move like the rest. */
export function MarksEditor({ marks, onChange }: MarksEditorProps) {
  return (
    <div className="flex flex-col gap-3">
      {marks.map((marked, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a mark is its place
        <div key={at} className="flex flex-wrap items-center gap-2">
          <Select
            label={`Mark ${at + 1}: which`}
            value={marked.mark}
            choices={CHOICES}
            onChoose={(mark) =>
              onChange(replaced(marks, at, { ...marked, mark: MARKS.find((one) => one === mark) ?? marked.mark }))
            }
          />
          <MatchFields
            label={`Mark ${at + 1}`}
            value={marked.match}
            onChange={(match) => onChange(replaced(marks, at, { ...marked, match }))}
          />
          <Button
            kind="ghost"
            size="small"
            aria-label={`Remove mark ${at + 1}`}
            onClick={() => onChange(without(marks, at))}
          >
            ✕
          </Button>
        </div>
      ))}
      <p className="max-w-prose text-sm text-faint">
        A mark does not hold a volume back: failover_host takes every replicated volume of its backend. Where a marked
        member goes along it is named before the start.
      </p>
      <Button
        className="self-start"
        onClick={() => onChange([...marks, { mark: 'recover-only', match: { by: 'name', name: '' } }])}
      >
        Add a mark
      </Button>
    </div>
  )
}
