'use client'

import { Button } from '@/components/ui/button'
import type { Condition } from '@/lib/domain/group'
import { countOf } from '@/lib/views/count-text'
import { replaced, without } from './list-editing'
import { ConditionFields } from './match-fields'

interface RulesEditorProps {
  readonly rules: readonly (readonly Condition[])[]
  /** So many each finds now; null while it is not known. */
  readonly found: readonly number[] | null
  readonly onChange: (rules: readonly (readonly Condition[])[]) => void
}

/** Rules are or-ed; the conditions of one all hold. */
export function RulesEditor({ rules, found, onChange }: RulesEditorProps) {
  return (
    <div className="flex flex-col gap-4">
      {rules.map((rule, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a rule is its place
        <fieldset key={at} className="flex flex-col gap-2 border-l-2 border-line pl-3">
          <legend className="sr-only">Rule {at + 1}</legend>
          {rule.map((condition, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a condition is its place
            <div key={place} className="flex flex-wrap items-center gap-2">
              <span className="w-8 text-sm text-faint">{place === 0 ? (at === 0 ? 'All' : 'Or') : 'and'}</span>
              <ConditionFields
                label={`Rule ${at + 1}, condition ${place + 1}`}
                value={condition}
                onChange={(value) => onChange(replaced(rules, at, replaced(rule, place, value)))}
              />
              {rule.length > 1 && (
                <Button
                  kind="ghost"
                  size="small"
                  aria-label={`Remove condition ${place + 1} of rule ${at + 1}`}
                  onClick={() => onChange(replaced(rules, at, without(rule, place)))}
                >
                  ✕
                </Button>
              )}
            </div>
          ))}
          <div className="flex flex-wrap items-center gap-2">
            <Button
              kind="ghost"
              size="small"
              onClick={() => onChange(replaced(rules, at, [...rule, { on: 'type', is: '' }]))}
            >
              And a condition
            </Button>
            <Button kind="ghost" size="small" onClick={() => onChange(without(rules, at))}>
              Remove rule {at + 1}
            </Button>
            {found?.[at] !== undefined && (
              <span className="ml-auto text-sm text-dim">finds {countOf(found[at], 'member')}</span>
            )}
          </div>
        </fieldset>
      ))}
      <Button className="self-start" onClick={() => onChange([...rules, [{ on: 'tenant', is: '' }]])}>
        {rules.length === 0 ? 'Add a rule' : 'Or another rule'}
      </Button>
    </div>
  )
}
