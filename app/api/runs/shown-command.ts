import { webContext } from '@/lib/actions/web-context'
import { isCloudArgv } from '@/lib/ports/cloud'
import type { Shown } from '@/lib/read/runs-commands'

/** Command lines as they would be typed. A site that the configuration no longer names shows the bare command. */
export async function shownCommand(): Promise<Shown> {
  const { mirror, cloud, sites } = await webContext({ kind: 'system', name: 'web' }, 'viewer')
  return (site, argv) => {
    if (!sites.includes(site)) return argv
    return isCloudArgv(argv) ? (cloud(site)?.shown(argv) ?? argv) : mirror(site).shown(argv)
  }
}
