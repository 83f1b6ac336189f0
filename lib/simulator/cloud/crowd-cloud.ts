import type { SiteName } from '@/lib/domain/words'
import type { Conditions } from '../conditions'
import { madeAt } from '../genesis'
import { fsidOf } from '../peering'
import { fraction, textBits, uuidAt } from '../random'
import type { Population, Traits } from '../spec'
import { type CloudSpec, poolHost, REAL_CLOUD } from './cloud-spec'
import { wordOf } from './crowd-names'
import { crowdServers, type Placeable } from './crowd-servers'
import type { Seed, VolumeRow } from './rows'
import { typeIdOf, typesAndServices } from './seeds'

const GIB = 1_073_741_824
const HEAD = 'volume-'

export interface CrowdCloud {
  readonly site: SiteName
  readonly region: string
  /** Where its volumes may go. */
  readonly target: SiteName
  readonly pool: string
  /** Images of volumes, of Glance and of servers' own disks that are at home here. */
  readonly volumes: readonly Population[]
  readonly images: readonly Population[]
  readonly disks: readonly Population[]
  readonly projects: readonly string[]
  readonly computeHosts: number
  /** Numbers of images that no volume has. */
  readonly orphans: readonly number[]
  /** Names of volumes whose making has failed. */
  readonly ghosts: readonly string[]
}

/** A cloud over images that are there anyway: a volume for each of its pool, servers that use them, tenants that own them. */
export function crowdCloud(crowd: CrowdCloud): CloudSpec {
  const backend = { name: 'ceph', pool: crowd.pool, site: crowd.site, targets: { secondary: crowd.target } }
  const spec: CloudSpec = {
    site: crowd.site,
    region: crowd.region,
    backends: [backend],
    imagePool: 'images',
    computeHosts: Array.from({ length: crowd.computeHosts }, (_, n) => `compute-${n + 1}.${crowd.site}`),
    projects: ['admin', ...crowd.projects],
    users: [
      { name: 'antipode', project: 'admin', role: 'admin' },
      ...crowd.projects.map((project) => ({ name: `${project}-ops`, project, role: 'member' as const })),
    ],
    pace: REAL_CLOUD,
    seeds: (conditions) => seeds(spec, crowd, conditions),
  }
  return spec
}

const all = (populations: readonly Population[]): Traits[] =>
  populations.flatMap((one) => Array.from({ length: one.count }, (_, i) => one.traitsOf(i)))

const projectIdOf = (seed: number, spec: CloudSpec, name: string): string =>
  uuidAt(seed, textBits(`${spec.site} project ${name}`), 1).replaceAll('-', '')

function* seeds(spec: CloudSpec, crowd: CrowdCloud, conditions: Conditions): Generator<Seed> {
  yield* typesAndServices(spec, conditions)
  const { seed } = conditions
  const owner = (number: number): { readonly projectId: string; readonly userId: string } => {
    // The first tenants have more than the last.
    const at = Math.floor(crowd.projects.length * fraction(seed, number, 91) ** 2)
    const name = crowd.projects[at] ?? ''
    const userId = uuidAt(seed, textBits(`${spec.site} user ${name}-ops`), 1).replaceAll('-', '')
    return { projectId: projectIdOf(seed, spec, name), userId }
  }
  const glance = all(crowd.images)
  for (const [n, traits] of glance.entries()) yield glanceImage(spec, conditions, traits, n)

  const volumes = all(crowd.volumes)
    .filter(({ index }) => !crowd.orphans.includes(index))
    .map((traits): Placeable => ({ traits, row: volumeOf(spec, crowd, conditions, traits, owner(tenantOf(traits))) }))
  yield* crowdServers(spec, conditions, volumes, all(crowd.disks), owner)
  for (const [n, name] of crowd.ghosts.entries()) yield ghost(spec, crowd, conditions, name, n)
}

/** Volumes come in runs that belong to one tenant, as they were made. */
const tenantOf = ({ index }: Traits): number => Math.floor(index / 12)

function volumeOf(
  spec: CloudSpec,
  crowd: CrowdCloud,
  conditions: Conditions,
  traits: Traits,
  owner: { readonly projectId: string; readonly userId: string },
): VolumeRow {
  const { seed } = conditions
  const kind = traits.copy === null ? 'plain' : 'replicated'
  const backend = spec.backends[0]
  if (backend === undefined) throw new Error(`the cloud of ${crowd.site} has no backend`)
  const createdAt = madeAt(conditions, traits.index)
  return {
    ...owner,
    id: traits.name.slice(HEAD.length),
    name: `${wordOf(seed, traits.index)}-${traits.parent === null ? 'data' : 'root'}`,
    status: 'available',
    sizeGb: Math.ceil(traits.sizeBytes / GIB),
    typeId: typeIdOf(seed, spec, kind),
    host: poolHost(spec, backend),
    replicationStatus: kind === 'plain' ? 'disabled' : 'enabled',
    bootable: traits.parent !== null,
    imageMeta:
      traits.parent === null
        ? null
        : { image_id: traits.parent.name, container_format: 'bare', disk_format: 'raw', min_disk: '0', min_ram: '0' },
    snapshotId: null,
    sourceVolumeId: null,
    metadata: {},
    createdAt,
    updatedAt: createdAt,
  }
}

const SYSTEMS = ['debian-12', 'debian-13', 'ubuntu-24.04', 'rocky-9', 'alma-9', 'windows-2025', 'appliance', 'golden']

function glanceImage(spec: CloudSpec, conditions: Conditions, { name: id, index, sizeBytes }: Traits, n: number): Seed {
  const createdAt = madeAt(conditions, index)
  const place = `${spec.imagePool}/${id}/snap`
  return {
    table: 'images',
    row: {
      id,
      name: `${SYSTEMS[n % SYSTEMS.length]}-r${Math.floor(n / SYSTEMS.length) + 1}`,
      status: 'active',
      projectId: projectIdOf(conditions.seed, spec, 'admin'),
      visibility: 'public',
      sizeBytes,
      locations: [`rbd://${fsidOf(conditions, spec.site)}/${place}`],
      createdAt,
      updatedAt: createdAt,
    },
  }
}

/** In error, without an image: what is left of a creation that failed. */
function ghost(spec: CloudSpec, crowd: CrowdCloud, conditions: Conditions, name: string, n: number): Seed {
  const { seed, state } = conditions
  const backend = spec.backends[0]
  const createdAt = state.zero + Math.floor(conditions.spec.pastMs / 2) + n * 60_000
  const project = crowd.projects[0] ?? 'admin'
  return {
    table: 'volumes',
    row: {
      id: uuidAt(seed, textBits(`${spec.site} ghost`), n),
      name,
      projectId: projectIdOf(seed, spec, project),
      userId: uuidAt(seed, textBits(`${spec.site} user ${project}-ops`), 1).replaceAll('-', ''),
      status: 'error',
      sizeGb: 40,
      typeId: typeIdOf(seed, spec, 'replicated'),
      host: backend === undefined ? null : poolHost(spec, backend),
      replicationStatus: null,
      bootable: false,
      imageMeta: null,
      snapshotId: null,
      sourceVolumeId: null,
      metadata: {},
      createdAt,
      updatedAt: createdAt + 4_000,
    },
  }
}
