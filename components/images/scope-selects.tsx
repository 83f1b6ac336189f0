'use client'

import { useQuery } from '@tanstack/react-query'
import { type Choice, Select } from '@/components/ui/select'
import { overviewQuery } from '@/lib/queries/overview'
import { countText } from '@/lib/views/count-text'
import type { ImagesFilter } from '@/lib/views/images-filter'
import type { ImagesView } from './use-images-view'

const MODES: readonly Choice[] = [
  { value: '', text: 'journal and snapshot' },
  { value: 'journal', text: 'journal' },
  { value: 'snapshot', text: 'snapshot' },
]

/** Direction, pool and mode, offered as they were found. */
export function ScopeSelects({ view }: { readonly view: ImagesView }) {
  const { data } = useQuery(overviewQuery())
  const { filter } = view.list
  const direction = filter.from === '' && filter.to === '' ? '' : `${filter.from}>${filter.to}`
  const directions = (data?.streams ?? []).map(({ from, to, images }) => ({
    value: `${from}>${to}`,
    text: `${from} → ${to}`,
    hint: countText(images),
  }))
  const pools = [...new Set((data?.poolStreams ?? []).map(({ pool }) => pool ?? ''))].sort()
  return (
    <>
      <Select
        label="Direction"
        size="small"
        value={direction}
        choices={withNamed([{ value: '', text: 'any direction' }, ...directions], direction, directionText(filter))}
        onChoose={(value) => {
          const [from = '', to = ''] = value.split('>')
          view.narrow({ from, to })
        }}
      />
      <Select
        label="Pool"
        size="small"
        value={filter.pool}
        choices={withNamed(
          [{ value: '', text: 'any pool' }, ...pools.map((pool) => ({ value: pool, text: pool }))],
          filter.pool,
          poolText(filter.pool),
        )}
        onChoose={(pool) => view.narrow({ pool })}
      />
      <Select
        label="Mirroring mode"
        size="small"
        value={filter.mode}
        choices={MODES}
        onChoose={(mode) => view.narrow({ mode: mode as ImagesFilter['mode'] })}
      />
    </>
  )
}

const directionText = ({ from, to }: ImagesFilter): string =>
  to === '' ? `primary at ${from}` : from === '' ? `copy at ${to}` : `${from} → ${to}`

/** `volumes between eu-north and eu-west` */
function poolText(pool: string): string {
  const slash = pool.indexOf('/')
  return slash < 0 ? pool : `${pool.slice(slash + 1)}, ${pool.slice(0, slash).replace('~', ' and ')}`
}

/** A link may name what has no images any more: it is still what the list shows. */
const withNamed = (choices: readonly Choice[], value: string, text: string): readonly Choice[] =>
  choices.some((choice) => choice.value === value) ? choices : [...choices, { value, text }]
