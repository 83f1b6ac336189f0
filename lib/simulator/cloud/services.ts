import { computeFault, glanceFault, neutronFault, ok, type Refusal, type Said } from './answers'
import { cinderActions } from './cinder-actions'
import { CINDER_READS } from './cinder-reads'
import { cinderServices } from './cinder-services'
import { cinderVolumes } from './cinder-volumes'
import type { Cloud } from './cloud'
import { originOf } from './cloud-spec'
import { GLANCE, glanceVersions } from './glance'
import { HEAT, heatFault, heatVersions } from './heat'
import { NEUTRON, neutronVersions } from './neutron'
import { NOVA_ESTATE } from './nova-estate'
import { NOVA_SERVERS } from './nova-servers'
import { NOVA_VOLUMES } from './nova-volumes'
import type { Route } from './requests'
import type { VolumeManager } from './volume-manager'

/** One service behind the token: how its paths begin, what it speaks, and how it says no. */
export interface Service {
  readonly routes: readonly Route[]
  /** What stands before the paths of the routes. */
  readonly under: RegExp
  /** Microversions: its name in the header, least and most behind the dot. Null: it has none. */
  readonly micro: {
    readonly word: string
    readonly major: number
    readonly least: number
    readonly most: number
  } | null
  readonly fault: (refusal: Refusal) => object
  /** The documents that need no token: at the root, and of the version. */
  readonly documents: (cloud: Cloud, path: string) => Said | null
  readonly requestIdHeader: string
}

const updated = '2022-08-31T00:00:00Z'

export const servicesOf = (manager: VolumeManager) =>
  ({
    volume: {
      routes: [...CINDER_READS, ...cinderServices(manager), ...cinderVolumes(manager), ...cinderActions(manager)],
      under: /^\/v3(?:\/[0-9a-f]{32})?(?=\/)/,
      micro: { word: 'volume', major: 3, least: 0, most: 70 },
      fault: computeFault,
      documents: (cloud, path) => {
        const version = {
          id: 'v3.0',
          status: 'CURRENT',
          version: '3.70',
          min_version: '3.0',
          updated,
          links: [{ rel: 'self', href: `${originOf(cloud.site, 'volume')}/v3/` }],
          'media-types': [{ base: 'application/json', type: 'application/vnd.openstack.volume+json;version=3' }],
        }
        if (path === '/' || path === '') return { status: 300, body: { versions: [version] } }
        return /^\/v3\/?$/.test(path) ? ok({ versions: [version] }) : null
      },
      requestIdHeader: 'x-openstack-request-id',
    },
    compute: {
      routes: [...NOVA_SERVERS, ...NOVA_VOLUMES, ...NOVA_ESTATE],
      under: /^\/v2\.1(?=\/)/,
      micro: { word: 'compute', major: 2, least: 1, most: 93 },
      fault: computeFault,
      documents: (cloud, path) => {
        const version = {
          id: 'v2.1',
          status: 'CURRENT',
          version: '2.93',
          min_version: '2.1',
          updated: '2013-07-23T11:33:21Z',
          links: [{ rel: 'self', href: `${originOf(cloud.site, 'compute')}/v2.1/` }],
        }
        if (path === '/' || path === '') return ok({ versions: [version] })
        return /^\/v2\.1\/?$/.test(path) ? ok({ version }) : null
      },
      requestIdHeader: 'x-openstack-request-id',
    },
    image: {
      routes: GLANCE,
      under: /^/,
      micro: null,
      fault: glanceFault,
      documents: (cloud, path) => {
        if (path === '/versions') return { ...glanceVersions(cloud), status: 200 }
        return path === '/' || path === '' ? glanceVersions(cloud) : null
      },
      requestIdHeader: 'x-openstack-request-id',
    },
    network: {
      routes: NEUTRON,
      under: /^/,
      micro: null,
      fault: neutronFault,
      documents: (cloud, path) => (path === '/' || path === '' ? neutronVersions(cloud) : null),
      requestIdHeader: 'x-openstack-request-id',
    },
    orchestration: {
      routes: HEAT,
      under: /^\/v1(?:\/[0-9a-f]{32})?(?=\/)/,
      micro: null,
      fault: heatFault,
      documents: (cloud, path) => (path === '/' || path === '' ? heatVersions(cloud) : null),
      requestIdHeader: 'x-openstack-request-id',
    },
  }) as const satisfies Record<string, Service>
