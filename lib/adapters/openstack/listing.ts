import { z } from 'zod'
import type { CloudService } from '@/lib/domain/cloud'
import { breath, inSlices } from '@/lib/ports/slices'
import { jsonOf, sensible } from './parse'
import { senselessAnswer } from './service-error'
import type { Session } from './session'

/** Items that are judged in one go: 100 volumes take 5 ms on a slow machine. */
const SLICE = 100

export interface Listing<S extends z.ZodType> {
  readonly service: CloudService
  /** With whatever is asked for but `limit` and `marker`. */
  readonly path: string
  /** Under which key the items stand. */
  readonly items: string
  /** The key of the link to the next page; null where there is none, and the end is a page with nothing on it. */
  readonly links: string | null
  readonly schema: S
  readonly pageSize: number
}

const Id = z.object({ id: z.string() })

/** All items of a list, page by page. */
export async function listed<S extends z.ZodType>(session: Session, listing: Listing<S>): Promise<z.output<S>[]> {
  const { service, path, items, links, schema, pageSize } = listing
  const found: z.output<S>[] = []
  const seen = new Set<string>()
  const first = withQuery(path, `limit=${pageSize}`)
  for (let next: string | null = first; next !== null; ) {
    const { asked, answer } = await session.get(service, next)
    const page: Record<string, unknown> = jsonOf(asked, answer, (raw) => z.looseObject({}).parse(raw))
    if (page.truncated === true) throw senselessAnswer(asked, answer, 'the service cut it short: raise its list_limit')
    const raw = sensible(asked, answer, [items], () => z.array(z.unknown()).parse(page[items]))
    const judged = await inSlices([...raw.entries()], SLICE, ([index, one]) =>
      sensible(asked, answer, [items, index], () => ({ ...Id.parse(one), item: schema.parse(one) })),
    )
    await breath()
    let last: string | null = null
    for (const { id, item } of judged) {
      if (seen.has(id)) throw senselessAnswer(asked, answer, `${items} come twice: its pages have no end`)
      seen.add(id)
      found.push(item)
      last = id
    }
    if (links !== null) next = nextOf(path, page[links])
    else next = last === null ? null : withQuery(first, `marker=${last}`)
  }
  return found
}

const withQuery = (path: string, query: string): string => `${path}${path.includes('?') ? '&' : '?'}${query}`

const Next = z.union([
  z.string(),
  z.object({ next: z.string().nullish() }),
  z.array(z.looseObject({ rel: z.string(), href: z.string() })),
])

/**
 * Where the next page is, of the shapes that the services have for it. Only its query is taken: its host is the service's own idea
 * of itself, and behind a proxy another one.
 */
function nextOf(path: string, raw: unknown): string | null {
  const links = Next.safeParse(raw)
  if (!links.success) return null
  const said = links.data
  const href =
    typeof said === 'string' ? said : Array.isArray(said) ? said.find(({ rel }) => rel === 'next')?.href : said.next
  if (href === undefined || href === null || !href.includes('?')) return null
  return `${path.replace(/\?.*$/s, '')}${href.slice(href.indexOf('?'))}`
}
