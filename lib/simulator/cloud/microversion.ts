import { Refusal } from './answers'
import type { Service } from './services'

const LEGACY = 'x-openstack-nova-api-version'

/** What the header asks for, behind the dot; the least where it asks for nothing. */
export function minorOf({ micro }: Service, headers: Readonly<Record<string, string>>): number {
  if (micro === null) return 0
  const { word, major, least, most } = micro
  const [service, version] = (headers['openstack-api-version'] ?? '').split(' ')
  const asked = service === word ? version : word === 'compute' ? headers[LEGACY] : undefined
  if (asked === undefined) return least
  if (asked === 'latest') return most
  const [, first, second] = /^(\d+)\.(\d+)$/.exec(asked) ?? []
  const minor = Number(second)
  if (first === undefined)
    throw new Refusal(400, `API Version String ${asked} is of invalid format. Must be of format MajorNum.MinorNum.`)
  if (Number(first) !== major || minor < least || minor > most) {
    throw new Refusal(
      406,
      `Version ${asked} is not supported by the API. Minimum is ${major}.${least} and maximum is ${major}.${most}.`,
    )
  }
  return minor
}

/** The version that was spoken. */
export function versionHeaders({ micro }: Service, minor: number): Record<string, string> {
  if (micro === null) return {}
  const spoken = `${micro.major}.${minor}`
  return {
    'openstack-api-version': `${micro.word} ${spoken}`,
    ...(micro.word === 'compute' ? { [LEGACY]: spoken } : {}),
    vary: 'OpenStack-API-Version',
  }
}
