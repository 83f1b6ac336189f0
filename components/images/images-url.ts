import { parseAsArrayOf, parseAsString, parseAsStringLiteral } from 'nuqs'
import { VERDICTS } from '@/lib/domain/verdict-words'
import { IMAGE_SORTS, SORT_ORDERS } from '@/lib/views/images-filter'

/** The image list as the URL has it: shared, bookmarked and gone back to. What is default is not written. */
export const IMAGES_URL = {
  q: parseAsString.withDefault(''),
  verdict: parseAsArrayOf(parseAsStringLiteral(VERDICTS)).withDefault([]),
  from: parseAsString.withDefault(''),
  to: parseAsString.withDefault(''),
  pool: parseAsString.withDefault(''),
  mode: parseAsStringLiteral(['', 'journal', 'snapshot'] as const).withDefault(''),
  behind: parseAsStringLiteral(['', 'yes'] as const).withDefault(''),
  parent: parseAsStringLiteral(['', 'any', 'not-mirrored'] as const).withDefault(''),
  schedule: parseAsStringLiteral(['', 'none'] as const).withDefault(''),
  cloud: parseAsStringLiteral(['', 'volumes', 'orphans'] as const).withDefault(''),
  server: parseAsString.withDefault(''),
  tenant: parseAsString.withDefault(''),
  type: parseAsString.withDefault(''),
  sort: parseAsStringLiteral(IMAGE_SORTS).withDefault('worst'),
  order: parseAsStringLiteral(SORT_ORDERS).withDefault('first'),
  /** The image that is open beside the list. */
  image: parseAsString,
} as const
