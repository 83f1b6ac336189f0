import type { Secret } from '@/lib/ports/secret'

/** Of a user or a project: its id, or its name in a domain. */
export type Named =
  | { readonly id: string }
  | { readonly name: string; readonly domain: { readonly id: string } | { readonly name: string } }

export type Credentials =
  | { readonly kind: 'password'; readonly user: Named; readonly password: Secret; readonly project: Named }
  | { readonly kind: 'application-credential'; readonly id: string; readonly secret: Secret }
  | {
      readonly kind: 'named-application-credential'
      readonly name: string
      readonly user: Named
      readonly secret: Secret
    }

/** How to log in to a cloud, whatever file it came from. */
export interface CloudLogin {
  /** The entry's name in clouds.yaml: errors name it. */
  readonly cloud: string
  /** Keystone's, with `/v3` and without a slash at its end. */
  readonly authUrl: string
  readonly credentials: Credentials
  /** Null: the one region that the catalogue has. */
  readonly region: string | null
  readonly interface: 'public' | 'internal' | 'admin'
  readonly tls: {
    /** A file with certificates in PEM that are trusted beside the system's; null: the system's alone. */
    readonly caFile: string | null
    readonly verify: boolean
  }
}

/** The body of `POST /v3/auth/tokens`. It carries the secret: it goes to Keystone and nowhere else. */
export function authBody({ credentials }: CloudLogin): string {
  if (credentials.kind === 'password') {
    const { user, password, project } = credentials
    return JSON.stringify({
      auth: {
        identity: { methods: ['password'], password: { user: { ...user, password: password.reveal() } } },
        scope: { project },
      },
    })
  }
  const secret = credentials.secret.reveal()
  const credential =
    credentials.kind === 'application-credential'
      ? { id: credentials.id, secret }
      : { name: credentials.name, user: credentials.user, secret }
  // Without a scope: an application credential is of one project, and Keystone refuses any other.
  return JSON.stringify({
    auth: { identity: { methods: ['application_credential'], application_credential: credential } },
  })
}
