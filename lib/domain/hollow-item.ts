import type { Item } from './attention'
import type { SiteName } from './words'

/** An image whose copy is hollow, as last read. */
export interface HollowImage {
  readonly name: string
  readonly primarySite: SiteName
  readonly copySite: SiteName
}

const NAMED = 3

/** What happened to copies that are hollow, and what to do: another thing where the primary's site is silent. */
export function hollowItems(images: readonly HollowImage[], silent: ReadonlySet<SiteName>): Item[] {
  const lost = images.filter(({ primarySite }) => silent.has(primarySite))
  const alive = images.filter(({ primarySite }) => !silent.has(primarySite))
  const what =
    "Flattened in snapshot mode: where the parent's data was the copy reads zeros, and Ceph says that it follows"
  return [
    ...item('hollow', alive, `${what}. Resync it while its primary is alive`),
    ...item('hollow:lost', lost, `${what}. Its primary is silent and alone has the whole content: get that site back`),
  ]
}

function item(key: string, images: readonly HollowImage[], detail: string): Item[] {
  const [first] = images
  if (first === undefined) return []
  const title =
    images.length === 1
      ? `${first.name}: the copy at ${first.copySite} is hollow`
      : `${images.length.toLocaleString('en-US')} images with a hollow copy`
  const names = images.length === 1 ? '' : `${namesOf(images)}. `
  const action = { label: 'Show the images', href: `/images?${new URLSearchParams({ verdict: 'hollow' })}` }
  return [{ key: `verdict:${key}`, severity: 'critical', title, detail: `${names}${detail}`, action }]
}

const namesOf = (images: readonly HollowImage[]): string => {
  const named = images.slice(0, NAMED).map(({ name }) => name)
  return images.length > NAMED ? `${named.join(', ')}, …` : named.join(', ')
}
