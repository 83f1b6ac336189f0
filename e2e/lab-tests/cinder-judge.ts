import { z } from 'zod'
import { BACKEND } from './cinder-lab'
import { cloudState } from './cloud'
import { isPrimary } from './lab'
import { SITES } from './lab-world'

const AT_ONCE = 4
const Service = z.object({
  host: z.string(),
  status: z.string(),
  state: z.string(),
  disabled_reason: z.string().nullable(),
  replication_status: z.string(),
  active_backend_id: z.string().nullable(),
  frozen: z.boolean(),
})

/** What is true of a backend, asked past the console: of `rbd info` at both clusters, and of Cinder's own API. */
export interface Judged {
  /** `status/replication_status`, by the name of the volume. */
  readonly volumes: Readonly<Record<string, string>>
  /** Sites at which the image of each replicated volume is primary, by the name of the volume. */
  readonly primaries: Readonly<Record<string, readonly string[]>>
  readonly backend: z.output<typeof Service>
}

/** `sites`: those that answer. `without`: names of volumes that have no image. */
export async function judge(
  sites: readonly string[] = SITES,
  { without = [] }: { readonly without?: readonly string[] } = {},
): Promise<Judged> {
  const now = await cloudState()
  const backend = Service.parse(now.services.find(({ host }) => host === BACKEND.host))
  const images = now.volumes.filter(({ name }) => !name.startsWith('plain') && !without.includes(name))
  const primaries: Record<string, readonly string[]> = {}
  const left = [...images]
  const lane = async () => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) {
      const spec = `volumes/volume-${one.id}`
      const at = await Promise.all(sites.map((site) => isPrimary(site, spec)))
      primaries[one.name] = sites.filter((_, index) => at[index])
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
  const volumes = Object.fromEntries(now.volumes.map((v) => [v.name, `${v.status}/${v.replication_status}`]))
  return { volumes, primaries, backend }
}

/**
 * What keeps the backend from being at rest and whole at `at`; empty where nothing does. `names`: its replicated volumes;
 * `besides`: others that are there on purpose.
 */
export function unclean(
  { volumes, primaries, backend }: Judged,
  at: string,
  names: readonly string[],
  besides: readonly string[] = [],
): readonly string[] {
  const replication = at === BACKEND.cloud ? 'enabled' : 'failed-over'
  const found: string[] = []
  const { status, state, frozen, replication_status, active_backend_id } = backend
  const row = `${status}, ${state}, ${replication_status}, active ${active_backend_id || 'none'}${frozen ? ', frozen' : ''}`
  const wanted = `enabled, up, ${replication}, active ${at === BACKEND.cloud ? 'none' : BACKEND.target}`
  if (row !== wanted) found.push(`the backend is ${row}, not ${wanted}`)
  for (const name of names) {
    const word = volumes[name]
    if (word !== `available/${replication}`) found.push(`volume ${name} is ${word ?? 'not there'}`)
    const where = primaries[name] ?? []
    if (where.length !== 1 || where[0] !== at)
      found.push(`the image of ${name} is primary at ${where.join(' and ') || 'no site'}`)
  }
  const strangers = Object.keys(volumes).filter((name) => ![...names, ...besides].includes(name))
  return [...found, ...strangers.map((name) => `there is a volume ${name} of nobody's`)]
}
