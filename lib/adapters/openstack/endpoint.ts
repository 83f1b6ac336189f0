import type { CloudService } from '@/lib/domain/cloud'
import { AdapterError } from '@/lib/ports/errors'
import type { CloudLogin } from './login'
import { type Asked, placeOf } from './service-error'
import type { Endpoint, Token } from './token'

export interface Found {
  /** What a path of `cloudArgv` follows. */
  readonly url: string
  readonly region: string | null
}

/** Where a service is, by region and interface. Throws AdapterError `unavailable` that says what the catalogue has instead. */
export function endpointOf(token: Token, login: CloudLogin, asked: Asked): Found {
  const all = token.endpoints.filter(({ service }) => service === asked.service)
  const none = (why: string) =>
    new AdapterError('unavailable', asked.site, asked.what, `${placeOf(asked)}: ${asked.what}: ${why}`)
  if (token.endpoints.length === 0) throw none('the token has no catalogue: is the project of clouds.yaml right?')
  if (all.length === 0) throw none('the catalogue has no such service')
  const sided = all.filter((endpoint) => endpoint.interface === login.interface)
  if (sided.length === 0)
    throw none(`the catalogue has it for ${list(all.map((one) => one.interface))} alone: set interface in clouds.yaml`)
  const regions = [...new Set(sided.map(({ region }) => region))]
  const [first] = login.region === null ? sided : sided.filter(({ region }) => region === login.region)
  if (first === undefined) throw none(`the catalogue has it in ${list(regions)} alone`)
  if (login.region === null && regions.length > 1)
    throw none(`the catalogue has it in ${list(regions)}: name one as region_name in clouds.yaml`)
  return { url: served(first), region: first.region }
}

const list = (names: readonly (string | null)[]): string => [...new Set(names)].sort().join(', ')

/** Some catalogues have the version in the URL and some do not; the paths here count on it for identity, and not for images. */
function served({ service, url }: Endpoint): string {
  if (service === 'identity') return `${url.replace(/\/v[\d.]+$/, '')}/v3`
  return service === 'image' ? url.replace(/\/v\d+(\.\d+)?$/, '') : url
}

/** Where a service says which microversions it speaks: its URL without the project, and then without the version. */
export function versionPlaces(service: CloudService, url: string): readonly string[] {
  if (service !== 'volume' && service !== 'compute') return []
  const versioned = /^(.*?\/v\d+(?:\.\d+)?)(?:\/|$)/.exec(url)?.[1]
  return versioned === undefined ? [`${url}/`] : [`${versioned}/`, versioned.replace(/v[\d.]+$/, '')]
}
