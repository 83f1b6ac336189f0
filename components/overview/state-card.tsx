'use client'

import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { Loaded } from '@/components/live/loaded'
import { Card } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import { Link } from '@/components/ui/link'
import { ScrollSideways } from '@/components/ui/scroll-sideways'
import { StateText } from '@/components/ui/state-mark'
import type { Stream } from '@/lib/domain/summary'
import { overviewQuery } from '@/lib/queries/overview'
import { countOf, countText } from '@/lib/views/count-text'
import type { OverviewView } from '@/lib/views/overview'
import { type StateLine, stateTable } from '@/lib/views/state-table'
import { verdictTone, verdictWords } from '@/lib/views/verdict-tone'

/** How many images are in which state, by direction. Each number opens its images. */
export function StateCard() {
  const query = useQuery(overviewQuery())
  if (query.data === undefined) {
    return (
      <Card title="Image states">
        <Loaded query={query} what="the image states">
          {() => null}
        </Loaded>
      </Card>
    )
  }
  return <States overview={query.data} />
}

function States({ overview }: { readonly overview: OverviewView }) {
  const { streams, counts } = overview
  if (streams === null || counts === null) {
    return (
      <Card title="Image states">
        <Empty title="Not read yet">Images are counted after the first round over the sites.</Empty>
      </Card>
    )
  }
  return (
    <Card title="Image states" aside={countOf(counts.images, 'mirrored image')}>
      <ScrollSideways label="Image states" className="-mx-1.5">
        <table className="w-full text-base">
          <thead>
            <tr className="text-xs text-faint">
              <th scope="col" className="px-1.5 pb-2 text-left font-normal">
                State
              </th>
              {streams.map((stream) => (
                <th
                  key={`${stream.from}>${stream.to}`}
                  scope="col"
                  className="px-1.5 pb-2 text-right align-bottom font-normal"
                >
                  <span className="whitespace-nowrap">{stream.from} →</span>{' '}
                  <span className="whitespace-nowrap">{stream.to}</span>
                </th>
              ))}
              <th scope="col" className="px-1.5 pb-2 text-right font-normal">
                All
              </th>
            </tr>
          </thead>
          <tbody>
            {stateTable(streams, counts).map((line) => (
              <StateRow key={line.verdict} line={line} streams={streams} />
            ))}
          </tbody>
        </table>
      </ScrollSideways>
    </Card>
  )
}

function StateRow({ line, streams }: { readonly line: StateLine; readonly streams: readonly Stream[] }) {
  const late = line.verdict === 'late'
  const verdict = line.verdict === 'late' ? 'following' : line.verdict
  const words = late ? 'behind objective' : verdictWords(verdict, 'in time')
  return (
    <tr className={clsx('border-t', late ? 'border-line-strong' : 'border-line')}>
      <th scope="row" className="px-1.5 py-2 text-left font-normal whitespace-nowrap">
        <StateText tone={late ? 'behind' : verdictTone(verdict, 'in time')}>{words}</StateText>
      </th>
      {streams.map((stream, index) => (
        <td key={`${stream.from}>${stream.to}`} className="px-1.5 py-2 text-right">
          <CountLink
            count={line.byStream[index] ?? 0}
            params={{ from: stream.from, to: stream.to, ...paramsOf(line) }}
          />
        </td>
      ))}
      <td className="px-1.5 py-2 text-right font-medium">
        <CountLink count={line.all} params={paramsOf(line)} />
      </td>
    </tr>
  )
}

const paramsOf = (line: StateLine): Record<string, string> =>
  line.verdict === 'late' ? { behind: 'yes', sort: 'exposure' } : { verdict: line.verdict }

function CountLink({ count, params }: { readonly count: number; readonly params: Record<string, string> }) {
  if (count === 0) return <span className="text-faint">0</span>
  return (
    <Link href={`/images?${new URLSearchParams(params)}`} className="hover:underline">
      {countText(count)}
    </Link>
  )
}
