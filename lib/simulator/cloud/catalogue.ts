import { textBits, uuidAt } from '../random'
import type { Cloud } from './cloud'
import { originOf, type SimulatedService } from './cloud-spec'

/** Ids of roles. */
export const ROLES: Readonly<Record<string, string>> = {
  admin: '694e2f7fb14a417cb0c3dbeee6936496',
  member: '7426098e11634a52bace14dacf8f8af6',
  reader: 'ec7a431617244c94971dc4dd9e54f92c',
}

const SERVICES: readonly (readonly [type: string, name: string, SimulatedService, path: string])[] = [
  ['identity', 'keystone', 'identity', '/v3'],
  ['image', 'glance', 'image', ''],
  ['network', 'neutron', 'network', ''],
  ['compute', 'nova', 'compute', '/v2.1'],
  ['volumev3', 'cinderv3', 'volume', '/v3/'],
  ['orchestration', 'heat', 'orchestration', '/v1/'],
]

/** Whose endpoint names the project: a token without one has no endpoint of them. */
const BY_PROJECT: ReadonlySet<string> = new Set(['volumev3', 'orchestration'])

/** The catalogue in a token. */
export function catalogue(cloud: Cloud, projectId: string | null): readonly object[] {
  const id = (text: string) => uuidAt(cloud.seed, textBits(`${cloud.site} ${text}`), 2).replaceAll('-', '')
  const { region } = cloud.spec
  return SERVICES.filter(([type]) => !BY_PROJECT.has(type) || projectId !== null).map(([type, name, service, path]) => {
    const url = `${originOf(cloud.site, service)}${path}${BY_PROJECT.has(type) ? projectId : ''}`
    const endpoints = ['public', 'internal'].map((kind) => ({
      id: id(`${type} ${kind}`),
      interface: kind,
      region_id: region,
      url,
      region,
    }))
    return { endpoints, id: id(type), type, name }
  })
}
