'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Age } from '@/components/live/age'
import { type Column, PlainTable } from '@/components/table/plain-table'
import { Card } from '@/components/ui/card'
import { Empty } from '@/components/ui/empty'
import { Notice } from '@/components/ui/notice'
import { SkeletonLines } from '@/components/ui/skeleton'
import { previewGroupAction } from '@/lib/actions/groups'
import { type GroupSpec, MARK_WORDS } from '@/lib/domain/group'
import { countOf } from '@/lib/views/count-text'
import { PREVIEW_ROWS } from '@/lib/views/group-input'
import type { GroupPreview } from '@/lib/views/groups'
import { shortId } from '@/lib/views/short-id'
import { Pager } from './group-members'

/** Somebody types: what they mean is looked for once they pause. */
const PAUSE_MS = 400

/** Whom the group would have now. `spec` null: what is typed makes no sense yet. */
export function usePreview(id: string | null, spec: GroupSpec | null, offset: number) {
  const text = spec === null ? null : JSON.stringify(spec)
  const [asked, setAsked] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  return useQuery({
    queryKey: ['group-preview', id, asked, offset] as const,
    enabled: asked !== null,
    queryFn: async () => {
      const answer = await previewGroupAction({ id, spec: JSON.parse(asked ?? 'null'), offset })
      if (!answer.ok) throw new Error(answer.message)
      return answer.value
    },
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 10_000,
  })
}

type Row = GroupPreview['rows'][number]

const COLUMNS: readonly Column<Row>[] = [
  {
    header: 'Member',
    cell: ({ kind, id, name }) => (
      <span title={id}>
        {name === '' ? <span className="font-mono text-sm">{shortId(id, 20)}</span> : name}
        <span className="block text-sm font-normal text-faint">{kind}</span>
      </span>
    ),
  },
  { header: 'Found by', cell: ({ why }) => <span className="text-dim">{why}</span> },
  { header: 'Mark', cell: ({ mark }) => (mark === null ? '' : MARK_WORDS[mark]) },
]

interface FormPreviewProps {
  readonly preview: ReturnType<typeof usePreview>
  /** Why there is nothing to look for yet; null where there is. */
  readonly refusal: string | null
  readonly onPage: (offset: number) => void
}

export function FormPreview({ preview, refusal, onPage }: FormPreviewProps) {
  const { data, error } = preview
  return (
    <Card
      title="Who is in it now"
      aside={
        data === undefined ? undefined : data.readAt === null ? (
          'its cloud was not read yet'
        ) : (
          <>
            cloud read <Age at={data.readAt} /> ago
          </>
        )
      }
    >
      {error !== null ? (
        <Notice tone="unknown" title="The preview could not be made">
          {error.message}
        </Notice>
      ) : data === undefined ? (
        refusal === null ? (
          <SkeletonLines lines={4} label="Looking for members" />
        ) : (
          <p className="text-dim">{refusal}</p>
        )
      ) : (
        <div className="flex flex-col gap-3">
          {data.conflict !== '' && (
            <Notice tone="bad" title="It cannot be saved">
              {data.conflict}
            </Notice>
          )}
          {data.cuts.count > 0 && (
            <Notice tone="behind" title={`It is cut in ${countOf(data.cuts.count, 'place')}`}>
              {data.cuts.first}
            </Notice>
          )}
          {data.unknown.length > 0 && (
            <p className="text-sm text-dim">By hand, as names or gone: {data.unknown.slice(0, 5).join(', ')}</p>
          )}
          {data.rows.length === 0 ? (
            <Empty title="Nothing is found">No volume and no server of the cloud fits now.</Empty>
          ) : (
            <>
              <p role="status">
                {countOf(data.servers, 'server')}, {countOf(data.volumes, 'volume')}
              </p>
              <PlainTable
                label="Who is in it now"
                columns={COLUMNS}
                rows={data.rows}
                rowKey={({ kind, id }) => `${kind} ${id}`}
              />
              <Pager offset={data.offset} size={PREVIEW_ROWS} total={data.servers + data.volumes} onGo={onPage} />
            </>
          )}
        </div>
      )}
    </Card>
  )
}
