import type { HelperParams, HelperResult } from '@/lib/ports/helper-protocol'
import type { Desk } from './desk'

type User = HelperResult<'cluster.users'>['users'][number]

/** Who may log in at the site, with capabilities. Keys are nowhere in this world. */
export const users = (desk: Desk, _params: HelperParams<'cluster.users'>): HelperResult<'cluster.users'> => {
  const every = { mon: 'allow *', mgr: 'allow *', osd: 'allow *', mds: 'allow *' }
  const all: User[] = [
    { entity: 'client.admin', caps: every },
    { entity: 'client.rbd-mirror-peer', caps: { mon: 'profile rbd-mirror-peer', osd: 'profile rbd' } },
    {
      entity: `client.rbd-mirror.${desk.site}`,
      caps: { mon: 'profile rbd-mirror', mgr: 'profile rbd', osd: 'profile rbd' },
    },
  ]
  return { users: all }
}
