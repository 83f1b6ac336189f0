'use client'

import clsx from 'clsx'
import Link from 'next/link'
import { Moment } from '@/components/live/age'
import { Progress } from '@/components/ui/progress'
import { countOf, countText } from '@/lib/views/count-text'
import type { RunRow } from '@/lib/views/runs'
import { Elapsed } from './elapsed'
import { RunState } from './run-state'

const COLUMNS = [
  { title: 'State', width: 'w-28' },
  { title: 'Run', width: 'w-[28%]' },
  { title: 'Where it stands', width: '' },
  { title: 'Images', width: 'w-52' },
  { title: 'Who', width: 'w-32' },
  { title: 'Started', width: 'w-36' },
  { title: 'Took', width: 'w-24 text-right' },
] as const

/** In a narrow window each row is a card of its own: the columns are then said by what stands in them. */
export function RunsTable({ label, rows }: { readonly label: string; readonly rows: readonly RunRow[] }) {
  return (
    <table className="w-full border-collapse max-md:block md:table-fixed">
      <caption className="sr-only">{label}</caption>
      <thead className="text-sm text-faint max-md:sr-only">
        <tr>
          {COLUMNS.map(({ title, width }) => (
            <th
              key={title}
              scope="col"
              className={clsx('border-b border-line px-2 pb-2 text-left font-normal first:pl-0 last:pr-0', width)}
            >
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="max-md:block">
        {rows.map((run) => (
          <Row key={run.id} run={run} />
        ))}
      </tbody>
    </table>
  )
}

function Row({ run }: { readonly run: RunRow }) {
  return (
    <tr className="relative border-b border-line align-top last:border-0 hover:bg-raised max-md:grid max-md:grid-cols-[1fr_auto] max-md:gap-x-3 max-md:gap-y-1 max-md:py-3">
      <td className="whitespace-nowrap md:py-3 md:pr-2">
        <RunState run={run} />
      </td>
      <td className="max-md:order-3 max-md:col-span-2 md:px-2 md:py-3">
        <Link
          href={`/runs/${encodeURIComponent(run.id)}`}
          // The whole row takes the click; the link alone is what the keyboard and a reader meet.
          className="font-medium text-ink after:absolute after:inset-0 hover:underline"
        >
          {run.title}
        </Link>
        <span className="block font-mono text-sm text-faint">{run.id}</span>
      </td>
      <td className="max-md:order-4 max-md:col-span-2 md:px-2 md:py-3">
        {run.stepIdx !== null && (
          <span className="block">
            step {run.stepIdx + 1} of {run.steps}: {run.stepTitle}
          </span>
        )}
        {run.reason !== run.stepTitle && (
          <span className="line-clamp-3 text-sm text-dim" title={run.reason}>
            {run.reason}
          </span>
        )}
      </td>
      <td className="max-md:order-5 max-md:col-span-2 md:px-2 md:py-3">
        <Images run={run} />
      </td>
      <td className="text-dim max-md:order-6 md:px-2 md:py-3">{run.actor}</td>
      <td className="whitespace-nowrap text-dim max-md:order-7 md:px-2 md:py-3">
        <Moment at={run.startedAt ?? run.createdAt} />
      </td>
      <td className="text-right whitespace-nowrap max-md:order-2 md:py-3 md:pl-2">
        <Elapsed from={run.startedAt} until={run.endedAt} />
      </td>
    </tr>
  )
}

function Images({ run }: { readonly run: RunRow }) {
  // A run that was stopped on purpose has nothing in trouble: what it had demoted was promoted back.
  const cancelled = run.state === 'cancelled'
  const said = [
    `${countText(run.done)} of ${countOf(run.images, 'image')} done`,
    ...(run.stopped > 0 ? [`${countText(run.stopped)} ${cancelled ? 'not moved' : 'stopped'}`] : []),
    ...(run.setAside > 0 ? [`${countText(run.setAside)} set aside`] : []),
  ]
  return (
    <>
      <span className="block text-sm">{said.join(', ')}</span>
      <Progress
        label={`Images of ${run.id}`}
        total={run.images}
        className="mt-1.5"
        shares={[
          { tone: 'ok', count: run.done, text: `${countText(run.done)} done` },
          { tone: cancelled ? 'none' : 'bad', count: run.stopped, text: `${countText(run.stopped)} stopped` },
          { tone: 'none', count: run.setAside, text: `${countText(run.setAside)} set aside` },
        ]}
      />
    </>
  )
}
