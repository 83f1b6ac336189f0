import type { SiteName } from '@/lib/domain/words'
import { isCloudArgv } from '@/lib/ports/cloud'
import type { MirrorPort } from '@/lib/ports/mirror'
import type { EngineDeps } from './deps'
import { cloudOf } from './step'

/** Who runs this argv at a site: its cloud where it is a request, its cluster where it is a command. */
export const actorOf = (
  deps: Pick<EngineDeps, 'mirror' | 'cloud'>,
  site: SiteName,
  argv: readonly string[],
): Pick<MirrorPort, 'act' | 'mayLive' | 'shown'> => (isCloudArgv(argv) ? cloudOf(deps, site) : deps.mirror(site))
