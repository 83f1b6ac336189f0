import type { SiteName } from '@/lib/domain/words'
import { isCloudArgv } from '@/lib/ports/cloud'
import { bareArgv, type ControllerActor, isByHand, isControllerArgv } from '@/lib/ports/controller'
import { AdapterError } from '@/lib/ports/errors'
import type { MirrorPort } from '@/lib/ports/mirror'
import type { EngineDeps } from './deps'
import { cloudOf } from './step'

type Actor = Pick<MirrorPort, 'act' | 'mayLive' | 'shown'>

/** Who runs this argv at a site: its cloud where it is a request, its controller, or its cluster where it is a command. */
export function actorOf(
  deps: Pick<EngineDeps, 'mirror' | 'cloud'>,
  site: SiteName,
  argv: readonly string[],
): Actor | ControllerActor {
  if (isByHand(argv)) return BY_HAND
  if (isControllerArgv(argv)) return controllerOf(deps, site)
  return isCloudArgv(argv) ? cloudOf(deps, site) : deps.mirror(site)
}

function controllerOf(deps: Pick<EngineDeps, 'cloud'>, site: SiteName): ControllerActor {
  const { controller } = cloudOf(deps, site)
  if (controller !== null) return controller
  throw new AdapterError(
    'unavailable',
    site,
    'controller',
    `${site} grants no controller: name openstack.controllerExec in antipode.yaml`,
  )
}

/** What a person does is shown and never run. */
const BY_HAND: ControllerActor = {
  act: (argv) => Promise.reject(new Error(`done by hand, and never run: ${bareArgv(argv).join(' ')}`)),
  mayLive: async () => 'gone',
  shown: bareArgv,
}
