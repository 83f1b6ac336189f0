import type { Transaction } from 'kysely'
import type { SiteName } from '@/lib/domain/words'
import type { Tables } from '@/lib/store/database'
import { ServiceError } from './errors'

/** Two services of one name would be one to whoever reads the page. */
export async function refuseNameTwice(tx: Transaction<Tables>, name: string, butId: string | null): Promise<void> {
  const rows = await tx.selectFrom('status_selections').select(['id', 'name']).execute()
  const same = rows.find((row) => row.id !== butId && row.name.toLowerCase() === name.toLowerCase())
  if (same !== undefined) {
    throw new ServiceError(
      'conflict',
      `The status page has a service called "${same.name}" already: choose another name.`,
    )
  }
}

/** '' is nobody's word: null. */
export function homeOf(home: string, sites: readonly SiteName[]): SiteName | null {
  if (home === '') return null
  if (!sites.includes(home)) {
    throw new ServiceError('invalid', `home: there is no site ${home}; the sites are ${sites.join(', ')}.`)
  }
  return home
}

export const noSuchSelection = (): ServiceError =>
  new ServiceError('missing', 'This service is not on the status page any more: somebody has removed it.')
