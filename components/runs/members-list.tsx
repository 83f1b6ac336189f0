'use client'

import { useState } from 'react'
import { Age } from '@/components/live/age'
import { Button } from '@/components/ui/button'
import { CopyId } from '@/components/ui/copy-id'
import { Input } from '@/components/ui/input'
import { StateText } from '@/components/ui/state-mark'
import { isEnded } from '@/lib/domain/run-states'
import { countText } from '@/lib/views/count-text'
import type { MemberView, RunDetail } from '@/lib/views/runs'
import { asideLabel, asideRefusal, memberWords, retryRefusal } from './run-words'
import type { Commanding } from './use-command'

/** Drawn at once; the rest of the at most 500 on demand. */
const FIRST = 12
/** From so many on a name is worth searching for. */
const SEARCHED = 12

interface MembersListProps {
  readonly detail: RunDetail
  readonly find: string
  readonly onFind: (find: string) => void
  readonly command: Commanding
  readonly onSetAside: (members: readonly number[]) => void
}

/** The members of the step that is looked at, those that need a hand first. */
export function MembersList({ detail, find, onFind, command, onSetAside }: MembersListProps) {
  const [shown, setShown] = useState(FIRST)
  const { members, membersTotal, steps, shownStep } = detail
  const searchable = (steps[shownStep]?.members ?? 0) > SEARCHED || find !== ''
  return (
    <div className="mt-4">
      {searchable && (
        <div className="mb-2 flex items-center gap-3">
          <Input
            type="search"
            aria-label="Find a member by name"
            placeholder="Find by name"
            value={find}
            onChange={(event) => onFind(event.target.value)}
            className="max-w-64"
          />
          <p className="text-sm text-faint">
            {membersTotal > members.length
              ? `${countText(members.length)} of ${countText(membersTotal)}, those that need a hand first`
              : `${countText(membersTotal)}, those that need a hand first`}
          </p>
        </div>
      )}
      <ul aria-label="Members" className="divide-y divide-line border-y border-line">
        {members.slice(0, shown).map((member) => (
          <MemberRow key={member.idx} member={member} detail={detail} command={command} onSetAside={onSetAside} />
        ))}
      </ul>
      {members.length === 0 && <p className="py-3 text-dim">None is called that.</p>}
      {members.length > shown && (
        <Button size="small" kind="ghost" className="mt-2" onClick={() => setShown(members.length)}>
          Show {countText(members.length - shown)} more
        </Button>
      )}
    </div>
  )
}

interface MemberRowProps {
  readonly member: MemberView
  readonly detail: RunDetail
  readonly command: Commanding
  readonly onSetAside: (members: readonly number[]) => void
}

function MemberRow({ member, detail: { run }, command, onSetAside }: MemberRowProps) {
  const { tone, text } = memberWords(member)
  const decide = !isEnded(run.state) && run.wish !== 'stop'
  const stopped = retryRefusal(member) === null
  const past = member.place === 'past'
  const offersAside = !past && asideRefusal(member) === null && (stopped || member.state === 'waiting')
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-4 gap-y-0.5 px-1 py-2 sm:grid-cols-[10rem_minmax(0,1fr)_auto]">
      <span className="flex min-h-7 min-w-0 items-center sm:order-2">
        {member.kind === 'image' ? (
          <CopyId id={member.name} keep={52} className="max-w-full" />
        ) : (
          <span>{member.name}</span>
        )}
      </span>
      <span className="flex min-h-7 flex-wrap items-center gap-x-1.5 sm:order-1">
        <StateText tone={tone}>{text}</StateText>
        <span className="text-sm text-faint">
          {past ? (
            whereNow(member, run.steps)
          ) : (
            <>
              for <Age at={member.updatedAt} />
            </>
          )}
        </span>
      </span>
      <span className="col-span-2 flex min-w-0 justify-end gap-1.5 empty:hidden sm:order-3 sm:col-span-1">
        {decide && stopped && (
          <Button
            size="small"
            aria-label={`Retry ${member.name}`}
            onClick={() => void command.send({ kind: 'retry', members: [member.idx] })}
          >
            Retry
          </Button>
        )}
        {decide && offersAside && (
          <Button
            size="small"
            kind="ghost"
            aria-label={`${asideLabel(member)} ${member.name}`}
            onClick={() => onSetAside([member.idx])}
          >
            {asideLabel(member)}
          </Button>
        )}
      </span>
      {member.reason !== '' && !past && (
        <span className="order-4 col-span-full pb-1 text-sm break-words text-dim sm:col-span-2 sm:col-start-2">
          {member.reason}
        </span>
      )}
    </li>
  )
}

/** It is through here; what it says of itself is of the step that it is at now. */
const whereNow = ({ stepIdx }: MemberView, steps: number): string =>
  stepIdx >= steps ? '' : `now at step ${stepIdx + 1}`
