import { badRequest } from './answers'
import type { Asked } from './requests'

/** osapi_max_limit of Cinder, max_limit of Nova. */
const MOST = 1_000

interface Page<T> {
  readonly rows: readonly T[]
  /** Where there is more: the link, whole. */
  readonly links: readonly { readonly rel: 'next'; readonly href: string }[] | null
}

/** Cinder and Nova: newest first, cut by limit and marker, with a link to the next page. */
export function paged<T extends { readonly id: string; readonly createdAt: number }>(
  asked: Asked,
  all: readonly T[],
  url: string,
): Page<T> {
  const limit = limitOf(asked, MOST)
  const sorted = newestFirst(all)
  const from = start(asked, sorted)
  const rows = sorted.slice(from, from + limit)
  const last = rows.at(-1)
  if (last === undefined || from + limit >= sorted.length) return { rows, links: null }
  const query = new URLSearchParams(asked.query)
  query.set('marker', last.id)
  return { rows, links: [{ rel: 'next', href: `${url}?${query}` }] }
}

export function limitOf(asked: Asked, most: number): number {
  const text = asked.query.get('limit')
  if (text === null) return most
  if (!/^\d+$/.test(text)) throw badRequest('limit param must be an integer')
  return Math.min(Number(text), most)
}

export const newestFirst = <T extends { readonly id: string; readonly createdAt: number }>(all: readonly T[]): T[] =>
  [...all].sort((a, b) => {
    const seconds = Math.floor(b.createdAt / 1000) - Math.floor(a.createdAt / 1000)
    return seconds !== 0 ? seconds : a.id < b.id ? 1 : -1
  })

/** The place behind the marker. */
export function start(asked: Asked, sorted: readonly { readonly id: string }[]): number {
  const marker = asked.query.get('marker')
  if (marker === null) return 0
  const at = sorted.findIndex(({ id }) => id === marker)
  if (at < 0) throw badRequest(`marker [${marker}] not found`)
  return at + 1
}
