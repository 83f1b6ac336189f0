import type { Finding } from '@/lib/domain/plan'
import { ServiceError } from './errors'

/** What was agreed to, of what is asked. Throws ServiceError where something is not; `what` ends the sentence that says so. */
export function agreedTo(
  findings: readonly Finding[],
  consents: readonly string[],
  what: 'start' | 'go on',
): readonly string[] {
  const asked = findings.filter(({ consent }) => consent !== undefined)
  const missing = asked.find(({ consent = '' }) => !consents.includes(consent))
  if (missing === undefined) return asked.flatMap(({ consent }) => consent ?? [])
  const since = what === 'start' ? '' : 'Since this run was approved: '
  throw new ServiceError(
    'refused',
    `${since}${missing.title} (${missing.evidence}). Say that it is to ${what} all the same.`,
  )
}
