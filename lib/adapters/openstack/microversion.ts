import { z } from 'zod'

/** The newest that the requests and schemas here were held to, by captures and by the lab. */
export const NEWEST = { volume: '3.70', compute: '2.93' } as const
export type Versioned = keyof typeof NEWEST

const Version = z.object({
  id: z.string(),
  version: z.string().optional(),
  min_version: z.string().optional(),
})
const Document = z.union([
  z.object({ versions: z.array(Version) }),
  z.object({ version: Version }),
  z.object({ versions: z.object({ values: z.array(Version) }) }),
])

/** What a service says of the microversions of its API with our major number; null where it has none. Throws ZodError. */
export function offered(service: Versioned, raw: unknown): { readonly min: string; readonly max: string } | null {
  const said = Document.parse(raw)
  const all = 'version' in said ? [said.version] : Array.isArray(said.versions) ? said.versions : said.versions.values
  const major = NEWEST[service].split('.')[0]
  const ours = all.filter(({ id, version }) => id.startsWith(`v${major}.`) && version !== undefined && version !== '')
  const max = ours
    .map(({ version = '' }) => version)
    .sort(byNumber)
    .at(-1)
  if (max === undefined) return null
  return { max, min: ours.find(({ version }) => version === max)?.min_version || `${major}.0` }
}

/** The highest that both speak; null where the service has dropped all that we know. */
export function agreed(
  service: Versioned,
  { min, max }: { readonly min: string; readonly max: string },
): string | null {
  const ours = NEWEST[service]
  if (byNumber(ours, min) < 0) return null
  return byNumber(ours, max) <= 0 ? ours : max
}

/** Is this version at least that one? */
export const reaches = (version: string | null, least: string): boolean =>
  version !== null && byNumber(version, least) >= 0

/** By number and not by letter: 3.9 comes before 3.10. */
function byNumber(a: string, b: string): number {
  const [aMajor = 0, aMinor = 0] = a.split('.').map(Number)
  const [bMajor = 0, bMinor = 0] = b.split('.').map(Number)
  return aMajor - bMajor || aMinor - bMinor
}

/** Nova knew only a header of its own before 2.27; both services take the common one. */
export function versionHeaders(service: string, version: string | null): Readonly<Record<string, string>> {
  if (version === null) return {}
  const common = { 'openstack-api-version': `${service} ${version}` }
  return service === 'compute' ? { ...common, 'x-openstack-nova-api-version': version } : common
}
