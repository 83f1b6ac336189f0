export interface NavEntry {
  readonly title: string
  readonly href: string
  readonly count?: 'sites' | 'images' | 'runs'
  /** Only where a cloud is configured. */
  readonly needs?: 'cloud'
}

/** Pages that exist, and no others: a link that leads nowhere is worse than none. */
export const NAVIGATION: readonly { readonly title: string | null; readonly entries: readonly NavEntry[] }[] = [
  {
    title: null,
    entries: [
      { title: 'Overview', href: '/' },
      { title: 'Sites', href: '/sites', count: 'sites' },
      { title: 'Images', href: '/images', count: 'images' },
      { title: 'Servers', href: '/servers', needs: 'cloud' },
      { title: 'Groups', href: '/groups', needs: 'cloud' },
    ],
  },
  {
    title: 'Recover',
    entries: [
      { title: 'Failover', href: '/recover/failover' },
      { title: 'Failover of a lost site', href: '/recover/forced' },
      { title: 'Protect again', href: '/recover/reprotect' },
      { title: 'Suspensions', href: '/recover/suspensions' },
      { title: 'Resync', href: '/recover/resync' },
      { title: 'Kept copies', href: '/recover/kept' },
      { title: 'Kept on both sides', href: '/recover/apart' },
      { title: 'Set up mirroring', href: '/recover/set-up' },
      { title: 'Take mirroring down', href: '/recover/take-down' },
      { title: 'Runs', href: '/runs', count: 'runs' },
    ],
  },
  {
    title: 'Tell',
    entries: [
      { title: 'Wall', href: '/wall' },
      { title: 'Status page', href: '/status' },
    ],
  },
]

/** Is there anything behind an entry? Before it is known, what needs a cloud is left out. */
export const isOffered = (entry: NavEntry, clouds: readonly string[] | undefined): boolean =>
  entry.needs === undefined || (clouds?.length ?? 0) > 0
