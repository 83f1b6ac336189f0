'use client'

import { useQuery } from '@tanstack/react-query'
import { Age, Moment } from '@/components/live/age'
import { Loaded } from '@/components/live/loaded'
import { buttonStyle } from '@/components/ui/button-style'
import { Card } from '@/components/ui/card'
import { Fact, Facts } from '@/components/ui/facts'
import { Link } from '@/components/ui/link'
import { StateText, type Tone } from '@/components/ui/state-mark'
import { MARK_WORDS } from '@/lib/domain/group'
import { matchText, ruleText } from '@/lib/domain/group-words'
import { groupQuery } from '@/lib/queries/groups'
import { countOf } from '@/lib/views/count-text'
import { durationText } from '@/lib/views/duration-text'
import type { GroupView } from '@/lib/views/groups'
import { BootOrderCard } from './boot-order-card'
import { DeleteGroup } from './delete-group'
import { DriftCard } from './drift-card'
import { GroupMembers } from './group-members'
import { ReadinessText, WorstExposure } from './group-words'

/** One group: whether it could move now, who is in it and why, and in which order its servers come up. */
export function GroupScreen({ name }: { readonly name: string }) {
  const query = useQuery(groupQuery(name))
  return (
    <Loaded query={query} what={`group ${name}`}>
      {(view) => (
        <>
          <div className="grid gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
            <Readiness view={view} />
            <Said view={view} />
          </div>
          {view.line.drift !== null && <DriftCard name={name} id={view.line.id} drift={view.line.drift} />}
          <BootOrderCard spec={view.spec} />
          <GroupMembers name={name} spec={view.spec} />
        </>
      )}
    </Loaded>
  )
}

const TONES: Readonly<Record<GroupView['findings'][number]['severity'], Tone>> = {
  blocks: 'bad',
  unknown: 'unknown',
  warns: 'behind',
  pass: 'ok',
}

function Readiness({ view: { line, findings, backend, backends, readAt } }: { readonly view: GroupView }) {
  const [first] = backends
  return (
    <Card
      title={
        <>
          Readiness: <ReadinessText readiness={line.readiness} />
        </>
      }
      aside={
        readAt === null ? (
          'its cloud was not read yet'
        ) : (
          <>
            cloud read <Age at={readAt} /> ago
          </>
        )
      }
    >
      <ul className="flex flex-col gap-3">
        {findings.map(({ severity, title, detail }) => (
          <li key={`${title}${detail}`}>
            <StateText tone={TONES[severity]}>{title}</StateText>
            {detail !== '' && <p className="mt-0.5 ml-6 break-words text-dim">{detail}</p>}
          </li>
        ))}
      </ul>
      {first !== undefined && (
        <p className="mt-4 flex flex-wrap gap-2">
          <Link
            href={`/recover/cinder?${new URLSearchParams({ group: line.name })}`}
            className={buttonStyle(backend === null ? 'quiet' : 'action')}
          >
            {backend === null ? 'See the ways out' : 'Fail over this group'}
          </Link>
        </p>
      )}
    </Card>
  )
}

function Said({ view: { line, spec, version, changedAt, changedBy } }: { readonly view: GroupView }) {
  const { rules, byHand, except } = spec.selection
  const hand = byHand.volumes.length + byHand.servers.length
  const out = except.volumes.length + except.servers.length
  return (
    <Card title="The group" aside={`priority ${line.priority}`}>
      <Facts>
        <Fact label="Cloud">{line.cloud}</Fact>
        <Fact label="Members">
          {countOf(line.servers, 'server')}, {countOf(line.volumes, 'volume')}
        </Fact>
        <Fact label="RPO">{line.rpoSec === null ? 'as types and pools say' : durationText(line.rpoSec)}</Fact>
        <Fact label="Worst exposure">
          <WorstExposure worst={line.worst} />
        </Fact>
        <Fact label="RTO">{line.rtoSec === null ? 'not said' : durationText(line.rtoSec)}</Fact>
        <Fact label="Found by">
          <ul>
            {rules.map((rule) => (
              <li key={ruleText(rule)}>{ruleText(rule)}</li>
            ))}
            {hand > 0 && <li>{hand} by hand</li>}
            {out > 0 && <li className="text-dim">without {out} kept out</li>}
          </ul>
        </Fact>
        {spec.marks.length > 0 && (
          <Fact label="Marks">
            <ul>
              {spec.marks.map(({ mark, match }) => (
                <li key={`${mark} ${matchText(match)}`}>
                  {MARK_WORDS[mark]}: {matchText(match)}
                </li>
              ))}
            </ul>
          </Fact>
        )}
        <Fact label="Written">
          <Moment at={changedAt} /> by {changedBy}
        </Fact>
      </Facts>
      <div className="mt-4 flex flex-wrap justify-end gap-2">
        <DeleteGroup id={line.id} version={version} name={line.name} />
        <Link href={`/groups/${encodeURIComponent(line.name)}/edit`} className={buttonStyle('quiet')}>
          Edit
        </Link>
      </div>
    </Card>
  )
}
