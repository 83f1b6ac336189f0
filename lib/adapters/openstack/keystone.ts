import { z } from 'zod'
import { CLOUD_SERVICES, type CloudIdentity } from '@/lib/domain/cloud'
import type { Session } from './session'

export const ProjectItem = z.object({ id: z.string(), name: z.string() })

/** Whom the token is of, and which services the catalogue has for us. A service in another region alone is none. */
export async function identityOf(session: Session): Promise<CloudIdentity> {
  const login = await session.login()
  const token = await session.token()
  const offered = CLOUD_SERVICES.filter((service) =>
    token.endpoints.some(
      (one) =>
        one.service === service &&
        one.interface === login.interface &&
        (login.region === null || one.region === login.region),
    ),
  )
  const places = await Promise.all(offered.map((service) => session.place(service)))
  return {
    region: login.region ?? places[0]?.region ?? null,
    user: token.user,
    project: token.project,
    roles: token.roles,
    services: offered.map((service, at) => ({
      service,
      url: places[at]?.url ?? '',
      microversion: places[at]?.version ?? null,
    })),
  }
}
