/** Who does something: a person, later a token, or Antipode itself. */
export type Actor =
  | { readonly kind: 'person'; readonly name: string; readonly address: string }
  | { readonly kind: 'token'; readonly name: string }
  | { readonly kind: 'system'; readonly name: string }

export const ROLES = ['viewer', 'operator'] as const
export type Role = (typeof ROLES)[number]

/** Everything that may be asked for. Reading needs no permission while the server listens on loopback alone. */
export type Permission =
  | 'run:preview'
  | 'run:start'
  | 'run:command'
  | 'status:edit'
  | 'replication:suspend'
  | 'outage:acknowledge'
  | 'split:keep'
  | 'group:edit'

const GRANTS: Readonly<Record<Role, readonly Permission[]>> = {
  viewer: [],
  operator: [
    'run:preview',
    'run:start',
    'run:command',
    'status:edit',
    'replication:suspend',
    'outage:acknowledge',
    'split:keep',
    'group:edit',
  ],
}

/** May somebody of this role do that? A role that is not known may nothing. */
export const may = (role: Role, permission: Permission): boolean => GRANTS[role]?.includes(permission) ?? false

/** How an actor is called on screen. */
export const actorText = (actor: Actor): string =>
  actor.kind === 'person' ? actor.name : `${actor.kind} ${actor.name}`
