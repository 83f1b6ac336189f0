'use client'

import { EvidenceCard } from '@/components/evidence/evidence-card'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import type { FailoverPreview } from '@/lib/views/recover'
import { useDraft } from './draft'
import { FindingRow } from './finding-row'
import { StageFrame, type StageProps } from './stage-frame'
import { WIZARD_WORDS } from './words'

type Finding = FailoverPreview['findings'][number]
type Severity = Finding['severity']

const GROUPS: readonly { readonly severity: Severity; readonly title: string; readonly aside: string }[] = [
  { severity: 'blocks', title: 'In the way', aside: 'stops the images it names, or all where it names none' },
  { severity: 'unknown', title: 'Not known', aside: 'what could not be read never passes' },
  { severity: 'warns', title: 'Know this first', aside: 'it stops nothing' },
  { severity: 'pass', title: 'In order', aside: 'read at both sides just now' },
]

export function FoundStage({ found, onLookAgain, go }: StageProps) {
  const { preview } = found
  const names = namesOf(preview)
  const groups = GROUPS.map((group) => ({
    ...group,
    findings: preview.findings.filter(({ severity }) => severity === group.severity),
  })).filter(({ findings }) => findings.length > 0)
  return (
    <StageFrame
      found={found}
      onLookAgain={onLookAgain}
      onBack={() => go('choose')}
      next={(refusal) => (
        <Button kind="action" refusal={refusal} onClick={() => go('lost')}>
          What would be lost
        </Button>
      )}
    >
      <Outcome preview={preview} />
      {preview.procedure === 'reprotect' && (
        <EvidenceCard ids={[...names.keys()]} title={`What speaks for ${preview.from}, and what against`} />
      )}
      {groups.map(({ severity, title, aside, findings }) => (
        <Card key={severity} title={title} aside={aside}>
          <ul className="-my-3 divide-y divide-line">
            {findings.map((finding) => (
              <FindingRow
                key={finding.check + finding.title}
                finding={finding}
                nameOf={(key) => names.get(key) ?? key}
              />
            ))}
          </ul>
        </Card>
      ))}
    </StageFrame>
  )
}

/** Names of the images, from the ledger: it has those that go and those that stay. */
function namesOf({ ledger }: FailoverPreview): ReadonlyMap<string, string> {
  return new Map([
    ...ledger.rows.map(({ key, image }): [string, string] => [key, `${image.pool}/${image.name}`]),
    ...ledger.setAside.map(({ key, name }): [string, string] => [key, name]),
  ])
}

function Outcome({ preview }: { readonly preview: FailoverPreview }) {
  const { draft, change } = useDraft()
  const { images, refusal, ledger, from, to } = preview
  const aside = ledger.setAside.length
  const asked = images + aside
  const words = WIZARD_WORDS[preview.procedure]
  if (refusal === null) {
    return (
      <Notice
        tone={aside === 0 ? 'ok' : 'behind'}
        title={
          aside === 0
            ? words.allCan(asked, from, to)
            : `${words.someCan(images, asked, from, to)}; ${aside} would be set aside.`
        }
      >
        {aside === 0
          ? 'Nothing is in the way.'
          : 'What is set aside stays as it is at both sites. The next page names each with its reason.'}
      </Notice>
    )
  }
  const out = draft.allOrNothing && asked > aside && aside > 0
  return (
    <Notice
      tone="bad"
      title="This cannot be started"
      action={
        out ? (
          <Button
            onClick={() =>
              change({ leaveOut: [...new Set([...draft.leaveOut, ...ledger.setAside.map(({ key }) => key)])] })
            }
          >
            Leave these {aside} out and look again
          </Button>
        ) : undefined
      }
    >
      <p className="break-words text-ink">{refusal}</p>
      <p>Below is the evidence for each, what clears it, and the command that shows it.</p>
    </Notice>
  )
}
