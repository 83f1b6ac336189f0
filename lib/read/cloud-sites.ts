import type { Config } from '@/lib/config/config'
import type { Store } from '@/lib/store/database'

/** Sites that have a cloud, in the order of the configuration. */
export async function cloudSites(store: Store, config: Config): Promise<string[]> {
  const rows = await store.selectFrom('clouds').select('site').execute()
  const known = new Set(rows.map(({ site }) => site))
  return config.sites
    .filter(({ name, openstack }) => openstack !== undefined || known.has(name))
    .map(({ name }) => name)
}
