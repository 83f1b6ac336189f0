import { webContext } from '@/lib/actions/web-context'
import type { Shown } from '@/lib/read/runs-commands'

/** Command lines as they would be typed. A site that the configuration no longer names shows the bare command. */
export async function shownCommand(): Promise<Shown> {
  const { mirror, sites } = await webContext({ kind: 'system', name: 'web' }, 'viewer')
  return (site, argv) => (sites.includes(site) ? mirror(site).shown(argv) : argv)
}
