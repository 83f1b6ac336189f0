'use client'

import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { CodeBlock } from '@/components/ui/code-block'
import { Notice } from '@/components/ui/notice'
import { FindingRow } from '@/components/wizard/finding-row'
import { StageFrame, type StageProps } from '@/components/wizard/stage-frame'
import { countOf } from '@/lib/views/count-text'
import type { SetUpPreview } from '@/lib/views/set-up'
import type { ChangeWords } from './words'

type Severity = SetUpPreview['findings'][number]['severity']

const GROUPS: readonly { readonly severity: Severity; readonly title: string; readonly aside: string }[] = [
  { severity: 'blocks', title: 'In the way', aside: 'stops the images it names, or all where it names none' },
  { severity: 'unknown', title: 'Not known', aside: 'the run looks again, and waits' },
  { severity: 'warns', title: 'Know this first', aside: 'it stops nothing' },
  { severity: 'pass', title: 'In order', aside: 'read at both sites just now' },
]

export function ChangesFoundStage({
  found,
  onLookAgain,
  go,
  words,
}: StageProps<SetUpPreview> & { readonly words: ChangeWords }) {
  const { preview } = found
  const names = new Map([
    ...preview.changes.map(({ key, name }): [string, string] => [key, name]),
    ...preview.setAside.map(({ key, name }): [string, string] => [key, name]),
  ])
  return (
    <StageFrame
      found={found}
      onLookAgain={onLookAgain}
      onBack={() => go('choose')}
      next={(refusal) => (
        <Button kind="action" refusal={refusal} onClick={() => go('lost')}>
          What will change
        </Button>
      )}
    >
      <Outcome preview={preview} words={words} />
      {GROUPS.map(({ severity, title, aside }) => {
        const mine = preview.findings.filter((finding) => finding.severity === severity)
        if (mine.length === 0) return null
        return (
          <Card key={severity} title={title} aside={aside}>
            <ul className="-my-3 divide-y divide-line">
              {mine.map((finding) => (
                <FindingRow
                  key={`${finding.check} ${finding.title}`}
                  finding={finding}
                  nameOf={(key) => names.get(key) ?? key}
                />
              ))}
            </ul>
          </Card>
        )
      })}
      {preview.guides.map((guide) => (
        <Guide key={guide.site} guide={guide} />
      ))}
    </StageFrame>
  )
}

function Outcome({ preview, words }: { readonly preview: SetUpPreview; readonly words: ChangeWords }) {
  const { refusal, setAside } = preview
  if (refusal !== null) {
    return (
      <Notice tone="bad" title="This cannot be started">
        <p className="break-words text-ink">{refusal}</p>
        <p>Below is the evidence for each, what clears it, and the command that shows it.</p>
      </Notice>
    )
  }
  const what = words.outcome(preview)
  return (
    <Notice
      tone={setAside.length === 0 ? 'ok' : 'behind'}
      title={setAside.length === 0 ? what : `${what} ${countOf(setAside.length, 'image')} would be set aside.`}
    >
      {setAside.length === 0 ? 'Nothing is in the way.' : 'What is set aside stays as it is at both sites.'}
    </Notice>
  )
}

/** Antipode deploys no daemons: these are the commands, by what deployed the cluster. */
function Guide({ guide: { site, tools } }: { readonly guide: SetUpPreview['guides'][number] }) {
  return (
    <Card
      title={`If no rbd-mirror is at ${site} yet`}
      aside="run where the cluster is administered; the run waits for it"
    >
      <div className="grid gap-4 xl:grid-cols-2">
        {tools.map(({ tool, lines }) => (
          <div key={tool} className="min-w-0">
            <h3 className="mb-1.5 text-sm text-dim">{tool}</h3>
            <CodeBlock label={`rbd-mirror at ${site}, ${tool}`} lines={lines.map((text) => ({ text }))} />
          </div>
        ))}
      </div>
    </Card>
  )
}
