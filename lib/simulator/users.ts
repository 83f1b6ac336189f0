import type { HelperParams, HelperResult } from '@/lib/ports/helper-protocol'
import type { WorldState } from './conditions'
import type { Desk } from './desk'
import { type Outcome, refused, said } from './outcome'
import { keyOf, PEER_CAPS, PEER_USER } from './peering'

/** cinder-volume opens the clusters of its backend and of its targets under one name. */
const CINDER_USER = 'client.cinder'

type Caps = Readonly<Record<string, string>>

/** Who may log in at the site, with capabilities: those of the beginning, and those made by command. */
export function usersOf({ conditions, site }: Pick<Desk, 'conditions' | 'site'>): Readonly<Record<string, Caps>> {
  const paired = conditions.spec.pools.some(
    (pool) => pool.sites.length === 2 && pool.bare !== true && (pool.sites as readonly string[]).includes(site),
  )
  const serves = conditions.spec.clouds?.some(
    (cloud) => cloud.site === site || cloud.backends.some(({ targets }) => Object.values(targets).includes(site)),
  )
  return {
    'client.admin': { mds: 'allow *', mgr: 'allow *', mon: 'allow *', osd: 'allow *' },
    [`client.rbd-mirror.${site}`]: { mgr: 'profile rbd', mon: 'profile rbd-mirror', osd: 'profile rbd' },
    ...(paired ? { [PEER_USER]: PEER_CAPS } : {}),
    ...(serves ? { [CINDER_USER]: { mon: 'profile rbd', osd: 'profile rbd' } } : {}),
    ...conditions.state.users?.[site],
  }
}

/** The state of the world with one more user at the desk's site. */
export const withUser = (desk: Desk, entity: string, caps: Caps): Partial<WorldState> => {
  const { users } = desk.conditions.state
  return { users: { ...users, [desk.site]: { ...users?.[desk.site], [entity]: caps } } }
}

/** The helper's list of users. */
export const users = (desk: Desk, _params: HelperParams<'cluster.users'>): HelperResult<'cluster.users'> => ({
  users: Object.entries(usersOf(desk)).map(([entity, caps]) => ({ entity, caps: { ...caps } })),
})

/** `ceph auth get-or-create-key ENTITY [DAEMON CAPS]…`: prints the key alone. */
export function authKey(desk: Desk): Outcome {
  const [entity = '', ...words] = desk.rest
  if (!/^[a-z]+\../.test(entity)) return refused(22, 'Error EINVAL: bad entity name\n')
  const asked = Object.fromEntries(words.flatMap((word, at) => (at % 2 === 0 ? [[word, words[at + 1] ?? '']] : [])))
  const known = usersOf(desk)[entity]
  if (known === undefined) desk.change(withUser(desk, entity, asked))
  const other = known === undefined ? undefined : Object.keys(asked).find((daemon) => known[daemon] !== asked[daemon])
  if (other !== undefined) {
    return refused(22, `Error EINVAL: key for ${entity} exists but cap ${other} does not match\n`)
  }
  return said(`${keyOf(desk.conditions.seed, desk.site, entity)}\n`)
}
