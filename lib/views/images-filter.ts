import { z } from 'zod'
import { VERDICTS } from '@/lib/domain/verdict-words'

export const IMAGE_SORTS = ['worst', 'exposure', 'name', 'size'] as const
export type ImageSort = (typeof IMAGE_SORTS)[number]

/** `first` is what a sort is chosen for: worst, largest, or A before B. */
export const SORT_ORDERS = ['first', 'last'] as const
export type SortOrder = (typeof SORT_ORDERS)[number]

const verdicts = z
  .string()
  .transform((text) => text.split(',').filter((word) => word !== ''))
  .pipe(z.array(z.enum(VERDICTS)))

/**
 * The filter of the image list as the URL has it: every value is text, absent is no restriction. Strict, because the
 * same text says which images a failover is for: a word that is not understood must never widen it to all images.
 */
export const ImagesFilter = z.strictObject({
  /** Part of a name, of `pool/name`, of a global id, or of the name of its volume, server, tenant or Glance image. */
  q: z.string().trim().max(200).default(''),
  verdict: verdicts.default([]),
  from: z.string().default(''),
  to: z.string().default(''),
  /** `POOL`, or `PAIR/POOL` where it is meant between these two sites alone. */
  pool: z.string().default(''),
  mode: z.enum(['', 'journal', 'snapshot']).default(''),
  /** Behind its objective now. */
  behind: z.enum(['', 'yes']).default(''),
  /** It has a parent; or one that is not mirrored. */
  parent: z.enum(['', 'any', 'not-mirrored']).default(''),
  /** In snapshot mode, with no schedule in force. */
  schedule: z.enum(['', 'none']).default(''),
  /** Images that are volumes of a cloud; those that are named as one and are none. */
  cloud: z.enum(['', 'volumes', 'orphans']).default(''),
  /** Volumes of a server, by its id or whole name; of a tenant the same; of a volume type. */
  server: z.string().default(''),
  tenant: z.string().default(''),
  type: z.string().default(''),
})
export type ImagesFilter = z.output<typeof ImagesFilter>

export const NO_FILTER: ImagesFilter = ImagesFilter.parse({})

export const ImagesRequest = ImagesFilter.extend({
  sort: z.enum(IMAGE_SORTS).default('worst'),
  order: z.enum(SORT_ORDERS).default('first'),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(100),
})
export type ImagesRequest = z.output<typeof ImagesRequest>

/** The filter as URL parameters; what restricts nothing is left out. */
export function filterParams(filter: ImagesFilter): Record<string, string> {
  const params = { ...filter, verdict: filter.verdict.join(',') }
  return Object.fromEntries(Object.entries(params).filter(([, value]) => value !== ''))
}

/** The query string of the filter, without `?`: what `/recover/failover?filter=…` is handed. */
export const filterText = (filter: ImagesFilter): string => new URLSearchParams(filterParams(filter)).toString()

/** Back from such a text. Throws where a word of it is not understood. */
export const filterOfText = (text: string): ImagesFilter =>
  ImagesFilter.parse(Object.fromEntries(new URLSearchParams(text)))

export const isFiltered = (filter: ImagesFilter): boolean => filterText(filter) !== ''
