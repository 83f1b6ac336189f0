import { resolve } from 'node:path'
import { z } from 'zod'
import { readCloud } from '@/lib/adapters/openstack/clouds'
import type { SiteName } from '@/lib/domain/words'
import type { ControllerGrant } from '@/lib/ports/controller'

/** The OpenStack cloud of a site: an entry of clouds.yaml, and what no API says of it. */
export const OpenstackSchema = z.strictObject({
  /** The entry's name; OS_CLOUD where it is left out. */
  cloud: z.string().min(1).optional(),
  /** A clouds.yaml; where OpenStack's own clients look for one where it is left out. */
  clouds: z.string().min(1).optional(),
  /** Instead of the entry's region_name. */
  region: z.string().min(1).optional(),
  /** argv before nova-manage and cinder-manage: grants what the API cannot do. Never a shell string; [] is this machine. */
  controllerExec: z.array(z.string().min(1), 'a list of words, as argv has them, and no shell line').optional(),
  /** There: cinder-volume's configuration files, where they are not where Cinder looks by itself. */
  cinderConf: z.array(z.string().min(1)).optional(),
  /** There: argv that starts cinder-volume. */
  startCinderVolume: z
    .array(z.string().min(1), 'a list of words, as argv has them, and no shell line')
    .min(1)
    .optional(),
  /** By backend, `cinder@ceph`: the site behind each name of its `replication_device`. With two sites there is but one. */
  backends: z
    .record(
      z.string().regex(/^[^#@]+@[^#@]+$/, 'a backend is named host@backend, without a pool'),
      z.strictObject({ targets: z.record(z.string().min(1), z.string().min(1)) }),
    )
    .default({}),
})

export type OpenstackConfig = z.output<typeof OpenstackSchema>

interface SiteTargets {
  readonly name: SiteName
  readonly openstack?: Pick<OpenstackConfig, 'backends'> | undefined
}

/** What is wrong with the sites that targets are said to be. */
export function targetProblems(sites: readonly SiteTargets[]): readonly { path: PropertyKey[]; message: string }[] {
  const names = sites.map(({ name }) => name)
  return sites.flatMap(({ name, openstack }, index) =>
    Object.entries(openstack?.backends ?? {}).flatMap(([host, { targets }]) =>
      Object.entries(targets).flatMap(([target, site]) => {
        const path = ['sites', index, 'openstack', 'backends', host, 'targets', target]
        if (target === 'default') return [{ path, message: `default is the way back, and always ${name} itself` }]
        if (site === name) return [{ path, message: `a target of ${name} is another site than itself` }]
        return names.includes(site) ? [] : [{ path, message: `no site is named ${site}` }]
      }),
    ),
  )
}

/**
 * The site whose cluster `failover_host` with this backend_id moves to; null where the configuration does not say so.
 * `default` is the cloud's own site. Two sites need no mapping: there is but one other.
 */
export function siteOfTarget(
  sites: readonly SiteTargets[],
  cloudAt: SiteName,
  host: string,
  target: string,
): SiteName | null {
  if (target === 'default') return cloudAt
  const mapped = sites.find(({ name }) => name === cloudAt)?.openstack?.backends[host]?.targets[target]
  if (mapped !== undefined) return mapped
  const others = sites.filter(({ name }) => name !== cloudAt)
  return others.length === 1 ? (others[0]?.name ?? null) : null
}

/** Its name, file and paths as they are found now: what is started from it has another working folder. */
export function withCloudFound(openstack: OpenstackConfig, folder: string): OpenstackConfig {
  const [program, ...rest] = openstack.controllerExec ?? []
  const local = program !== undefined && /^\.\.?\//.test(program)
  const named: OpenstackConfig = {
    ...openstack,
    ...(openstack.clouds === undefined ? {} : { clouds: resolve(folder, openstack.clouds) }),
    ...(local ? { controllerExec: [resolve(folder, program), ...rest] } : {}),
  }
  const found = read(named)
  return found.kind === 'login' ? { ...named, cloud: found.login.cloud, clouds: found.file } : named
}

/** What may be done at the controller; null where no shell of it is granted: then a person does it. */
export const grantOf = (openstack: OpenstackConfig | undefined): ControllerGrant | null =>
  openstack?.controllerExec === undefined
    ? null
    : { cinderConf: openstack.cinderConf ?? [], startCinderVolume: openstack.startCinderVolume ?? null }

/** What is wrong with its entry of clouds.yaml; nothing where a site has no cloud. */
export function cloudMistakes(openstack: OpenstackConfig | undefined): readonly string[] {
  if (openstack === undefined) return []
  const found = read(openstack)
  return found.kind === 'login' ? [] : found.mistakes
}

const read = ({ cloud, clouds, region }: OpenstackConfig) =>
  readCloud({ cloud: cloud ?? null, clouds: clouds ?? null, region: region ?? null })
