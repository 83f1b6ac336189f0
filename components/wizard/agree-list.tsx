'use client'

import { Card } from '@/components/ui/card'
import { Checkbox } from '@/components/ui/checkbox'
import type { FailoverPreview } from '@/lib/views/recover'

/** What was found, as far as it matters here. */
type Asking = Pick<FailoverPreview, 'findings'>

interface AgreeListProps {
  /** What happens all the same. */
  readonly verb: 'Start' | 'Go on'
  readonly preview: Asking
  readonly agreed: readonly string[]
  readonly onAgree: (agreed: readonly string[]) => void
}

/** What has been stated of these sites and stands against the start: each is agreed to by a tick of its own. */
export function AgreeList({ verb, preview, agreed, onAgree }: AgreeListProps) {
  const asked = preview.findings.filter(({ consent }) => consent !== undefined)
  if (asked.length === 0) return null
  return (
    <Card title={`${verb} all the same?`} aside="kept with the run and in the audit trail">
      <ul className="-my-2 flex flex-col divide-y divide-line">
        {asked.map(({ consent = '', title, evidence, remedy }) => (
          <li key={consent} className="flex items-start gap-3 py-3">
            <span className="mt-1">
              <Checkbox
                label={`${verb} all the same: ${title}`}
                state={agreed.includes(consent) ? 'on' : 'off'}
                onToggle={() =>
                  onAgree(agreed.includes(consent) ? agreed.filter((one) => one !== consent) : [...agreed, consent])
                }
              />
            </span>
            <div>
              <p className="font-medium">{title}</p>
              <p className="text-dim">{evidence}</p>
              <p className="text-sm text-faint">{remedy}</p>
            </div>
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** Why it cannot start yet, where something is not agreed to. */
export function unagreed(preview: Asking, agreed: readonly string[]): string | null {
  const missing = preview.findings.find(({ consent }) => consent !== undefined && !agreed.includes(consent))
  return missing === undefined ? null : `Agree first: ${missing.title}`
}
