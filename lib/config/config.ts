import { z } from 'zod'
import { DURATION, DURATION_WORDS, durationSec } from '@/lib/domain/duration'
import { pairOf } from '@/lib/domain/words'
import { OpenstackSchema, targetProblems } from './openstack-config'

const duration = z
  .string(DURATION_WORDS)
  .regex(DURATION, DURATION_WORDS)
  .transform((text) => durationSec(text) ?? Number.NaN)

const objectives = z.strictObject({ rpo: duration, rto: duration })

const site = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9._-]*$/i, 'a site name is letters, digits, dots, dashes and underscores, without ~ or /'),
  ceph: z.strictObject({
    conf: z.string().min(1),
    user: z.string().min(1).default('admin'),
    keyring: z.string().min(1).optional(),
    /** argv before every command: ssh, kubectl exec, cephadm shell. Never a shell string. */
    exec: z.array(z.string().min(1)).default([]),
    python: z.string().min(1).optional(),
  }),
  openstack: OpenstackSchema.optional(),
})

export const ConfigSchema = z
  .strictObject({
    name: z.string().min(1).default('Antipode'),
    objectives: objectives.prefault({ rpo: '2m', rto: '30m' }),
    /** Objectives of single pools, by `pool` or `siteA~siteB/pool`, the sites in alphabetical order. */
    pools: z.record(z.string(), z.strictObject({ rpo: duration })).default({}),
    /** Share of one core that the sampling of journals may take at a site, in percent. */
    sampling: z.strictObject({ cpuPercent: z.number().min(1).max(100).default(10) }).prefault({}),
    /** Changes that run side by side at one cluster. */
    limits: z.strictObject({ changesPerCluster: z.int().min(1).max(64).default(8) }).prefault({}),
    sites: z.array(site).min(1, 'at least one site is needed'),
  })
  .superRefine((config, context) => {
    const names = config.sites.map(({ name }) => name)
    for (const [index, name] of names.entries()) {
      if (names.indexOf(name) < index)
        context.addIssue({ code: 'custom', path: ['sites', index, 'name'], message: `two sites are named ${name}` })
    }
    for (const { path, message } of targetProblems(config.sites)) {
      context.addIssue({ code: 'custom', path: [...path], message })
    }
    for (const key of Object.keys(config.pools)) {
      const message = pairProblem(key, names)
      if (message !== null) context.addIssue({ code: 'custom', path: ['pools', key], message })
    }
  })

/** What is wrong with the pair in a key of `pools`, null where nothing is: a key that fits no pool would silently do nothing. */
function pairProblem(key: string, names: readonly string[]): string | null {
  if (!key.includes('/')) return null
  const [pair, pool] = [key.slice(0, key.indexOf('/')), key.slice(key.indexOf('/') + 1)]
  const sites = pair.split('~')
  const strangers = sites.filter((name) => !names.includes(name))
  if (strangers.length > 0) return `no site is named ${strangers.join(' or ')}`
  const [one, other] = sites
  if (sites.length !== 2 || one === undefined || other === undefined || one === other || pool === '')
    return 'a pool is named by its name, or by two sites and its name: siteA~siteB/pool'
  const right = `${pairOf(one, other)}/${pool}`
  return right === key ? null : `the sites of a pair stand in alphabetical order: write ${right}`
}

/** What antipode.yaml says, durations in seconds. */
export type Config = z.output<typeof ConfigSchema>
export type SiteConfig = Config['sites'][number]
