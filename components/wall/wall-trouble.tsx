import { StateMark } from '@/components/ui/state-mark'
import { noteText } from '@/lib/views/note-text'
import { fullMomentText, shortMomentText } from '@/lib/views/time-text'
import { type Trouble, troublesIn } from '@/lib/views/wall-troubles'
import { WallColumn, WallNothing } from './wall-column'

const TONES = { critical: 'bad', warning: 'behind', unknown: 'unknown', suspended: 'suspended' } as const
const WORDS = { critical: 'Critical', warning: 'Warning', unknown: 'Unknown', suspended: 'Suspended' } as const
const LINES = 6

interface WallTroubleProps {
  /** Null: nothing has been read. */
  readonly troubles: readonly Trouble[] | null
  readonly now: number
}

/** What is wrong, worst first, each with its beginning. */
export function WallTrouble({ troubles, now }: WallTroubleProps) {
  if (troubles === null) {
    return (
      <WallColumn title="What is wrong">
        <WallNothing>Not known yet: no site has been read.</WallNothing>
      </WallColumn>
    )
  }
  const { shown, more } = troublesIn(LINES, troubles)
  return (
    <WallColumn title="What is wrong, worst first" more={more}>
      {shown.length === 0 && <WallNothing>Nothing that has been seen.</WallNothing>}
      <ul className="flex flex-col gap-2.5">
        {shown.map((item) => (
          <li key={item.key} className="flex gap-3 text-[1.75rem] leading-tight">
            <StateMark tone={TONES[item.severity]} className="shrink-0" />
            <div className="min-w-0 flex-1">
              <p className="flex items-baseline justify-between gap-5">
                <span className="min-w-0 font-semibold landscape:truncate">
                  <span className="sr-only">{WORDS[item.severity]}: </span>
                  {item.title}
                </span>
                {item.since !== null && <Begun at={item.since} now={now} />}
              </p>
              {item.note !== undefined && <p className="truncate text-[1.5rem] text-dim">{noteText(item.note, now)}</p>}
            </div>
          </li>
        ))}
      </ul>
    </WallColumn>
  )
}

/** `since 01:52`: how long that is already stands in the answer. */
function Begun({ at, now }: { readonly at: number; readonly now: number }) {
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={fullMomentText(at)}
      className="text-[1.5rem] whitespace-nowrap text-dim"
    >
      since {shortMomentText(at, now)}
    </time>
  )
}
