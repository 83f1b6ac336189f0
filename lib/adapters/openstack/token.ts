import { z } from 'zod'
import type { CloudService } from '@/lib/domain/cloud'
import { Secret } from '@/lib/ports/secret'

/** What Keystone says with a token. */
const TokenBody = z.object({
  token: z.object({
    expires_at: z.string(),
    issued_at: z.string(),
    user: z.object({ name: z.string() }),
    project: z.object({ id: z.string(), name: z.string() }).optional(),
    roles: z.array(z.object({ name: z.string() })).default([]),
    catalog: z
      .array(
        z.object({
          type: z.string(),
          endpoints: z.array(
            z.object({
              interface: z.string(),
              region_id: z.string().nullish(),
              region: z.string().nullish(),
              url: z.string(),
            }),
          ),
        }),
      )
      .default([]),
  }),
})

export interface Endpoint {
  readonly service: CloudService
  readonly interface: string
  readonly region: string | null
  readonly url: string
}

export interface Token {
  readonly secret: Secret
  /** By this process's own clock: Keystone's may be another. */
  readonly renewAt: number
  readonly user: string
  readonly project: string | null
  readonly roles: readonly string[]
  readonly endpoints: readonly Endpoint[]
}

/** The names that a service has gone by. Where a catalogue has several of them the first one counts. */
export const SERVICE_TYPES: Readonly<Record<CloudService, readonly string[]>> = {
  identity: ['identity'],
  volume: ['block-storage', 'volumev3', 'block-store', 'volume'],
  image: ['image'],
  compute: ['compute'],
  network: ['network'],
  orchestration: ['orchestration'],
}

/** Renewed this long before its end, or with a tenth of its life left, whichever is later. */
const MARGIN_MS = 5 * 60_000

/** Throws ZodError where the body is no token's. `now` is when the answer came. */
export function tokenOf(raw: unknown, text: string, now: number): Token {
  const { token } = TokenBody.parse(raw)
  const lifeMs = Math.max(0, Date.parse(token.expires_at) - Date.parse(token.issued_at))
  if (Number.isNaN(lifeMs)) throw new Error('expires_at: is no time')
  return {
    secret: new Secret(text),
    renewAt: now + lifeMs - Math.min(MARGIN_MS, lifeMs / 10),
    user: token.user.name,
    project: token.project?.name ?? null,
    roles: token.roles.map(({ name }) => name),
    endpoints: endpointsOf(token.catalog),
  }
}

function endpointsOf(catalog: z.output<typeof TokenBody>['token']['catalog']): readonly Endpoint[] {
  const services = Object.keys(SERVICE_TYPES) as CloudService[]
  return services.flatMap((service) => {
    const entry = SERVICE_TYPES[service]
      .map((type) => catalog.find((one) => one.type === type && one.endpoints.length > 0))
      .find((one) => one !== undefined)
    return (entry?.endpoints ?? []).map((endpoint) => ({
      service,
      interface: endpoint.interface,
      region: endpoint.region_id ?? endpoint.region ?? null,
      url: endpoint.url.replace(/\/+$/, ''),
    }))
  })
}
