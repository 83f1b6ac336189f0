import clsx from 'clsx'
import { StateText } from '@/components/ui/state-mark'
import { plainTime } from '@/lib/views/plain-time'
import type { ServiceStatus, StatusView } from '@/lib/views/status'
import type { Sentence, Sure } from '@/lib/views/status-sentence'
import type { ServiceWords } from '@/lib/views/status-words'
import { EditService } from './edit-service'
import { ServiceNoteText } from './service-note-text'

interface ServiceSectionProps {
  readonly service: ServiceStatus
  readonly words: ServiceWords
  readonly view: StatusView
  readonly now: number
}

/** One service: how it stands, and what that rests on. Its address can be kept: it goes by an id, not by the name. */
export function ServiceSection({ service, words, view, now }: ServiceSectionProps) {
  return (
    <section
      id={service.id}
      aria-labelledby={`${service.id}-name`}
      className="grid scroll-mt-4 gap-x-10 gap-y-3 py-6 md:grid-cols-[15rem_minmax(0,1fr)] target:bg-raised print:grid-cols-[10.5rem_minmax(0,1fr)] print:gap-x-3 print:gap-y-0 print:py-[1mm]"
    >
      <div className="flex flex-col gap-1 print:gap-0">
        <h2
          id={`${service.id}-name`}
          className="text-[1.125rem] leading-6 font-semibold print:text-[10pt] print:leading-[1.2]"
        >
          <a href={`#${service.id}`} className="hover:underline">
            {service.name}
          </a>
        </h2>
        <p className="text-lg font-medium print:text-[9pt] print:leading-[1.3]">
          <StateText tone={words.tone}>
            {words.state}
            {words.since !== null && <span className="font-normal"> since {plainTime(words.since, now)}</span>}
          </StateText>
        </p>
        {service.objective !== '' && (
          <p className="text-faint print:text-[7pt] print:leading-[1.25]">Promised: {service.objective}</p>
        )}
        <p className="text-faint print:text-[7pt] print:leading-[1.25]">
          {words.readAt === null ? 'Not read in full yet' : `As of ${plainTime(words.readAt, now)}`}
        </p>
        {view.mayEdit && <EditService service={service} view={view} />}
      </div>
      <div className="min-w-0">
        {service.sentence !== '' && (
          <p className="mb-2 max-w-prose text-lg text-dim print:mb-0 print:max-w-none print:text-[7.5pt] print:leading-[1.25]">
            {service.sentence}
          </p>
        )}
        <dl className="flex flex-col gap-2 print:gap-0">
          {ORDER.map((sure) => (
            <Sentences key={sure} sure={sure} all={words.sentences} />
          ))}
        </dl>
        {service.note !== null && <ServiceNoteText note={service.note} now={now} />}
      </div>
    </section>
  )
}

const SURE: Record<Sure, { readonly word: string; readonly mark: string; readonly style: string }> = {
  known: { word: 'known', mark: '●', style: 'text-faint' },
  estimated: { word: 'estimated', mark: '≈', style: 'text-behind' },
  unknown: { word: 'not known', mark: '◌', style: 'text-unknown' },
}

const ORDER: readonly Sure[] = ['known', 'estimated', 'unknown']

/** What is known, what is estimated and what nobody knows are never one text: each says first which it is. */
function Sentences({ sure, all }: { readonly sure: Sure; readonly all: readonly Sentence[] }) {
  const mine = all.filter((one) => one.sure === sure)
  if (mine.length === 0) return null
  const { word, mark, style } = SURE[sure]
  return (
    <div className="grid grid-cols-[6.75rem_minmax(0,1fr)] gap-x-2 text-lg max-sm:grid-cols-1 print:grid-cols-[4.25rem_minmax(0,1fr)] print:text-[8pt] print:leading-[1.25]">
      <dt className={clsx('text-base leading-6 whitespace-nowrap print:text-[7pt] print:leading-[1.45]', style)}>
        <span aria-hidden className="mr-1.5 inline-block w-3 text-center text-xs print:mr-1">
          {mark}
        </span>
        {word}
      </dt>
      <dd className={clsx('flex flex-col gap-1 print:block', sure === 'unknown' && 'text-unknown')}>
        {mine.map(({ text }) => (
          <p key={text} className="print:mr-1 print:inline">
            {text}{' '}
          </p>
        ))}
      </dd>
    </div>
  )
}
