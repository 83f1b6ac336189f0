import type { SiteName } from '@/lib/domain/words'
import { plainTime } from '@/lib/views/plain-time'
import { ServiceError } from './errors'

/** Throws ServiceError where the configuration has no such site. */
export function refuseUnknownSite(site: SiteName, sites: readonly SiteName[]): void {
  if (!sites.includes(site))
    throw new ServiceError('invalid', `There is no site ${site}; the sites are ${sites.join(', ')}.`)
}

/** With its day: a refusal is read without a clock beside it. */
export const timeText = (at: number): string => plainTime(at, 0)

export const noSuchStatement = (): ServiceError =>
  new ServiceError('missing', 'This is not known any more: look at the list again.')
