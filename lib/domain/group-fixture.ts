import type { Condition, GroupSpec } from './group'
import { type CloudPicture, PictureMaker, type PictureServer, type PictureVolume } from './group-picture'

/** A group of the site west with one rule, `all`; tests name what is another. */
export const aGroup = (
  name: string,
  all: readonly Condition[],
  { selection, ...more }: Partial<Omit<GroupSpec, 'selection'>> & { selection?: Partial<GroupSpec['selection']> } = {},
): GroupSpec => ({
  ...{ name, cloud: 'west', rpoSec: null, rtoSec: null, priority: 3, stages: [], marks: [] },
  ...more,
  selection: {
    rules: all.length === 0 ? [] : [{ all }],
    byHand: { volumes: [], servers: [] },
    except: { volumes: [], servers: [] },
    ...selection,
  },
})

interface Small {
  readonly volumes?: Readonly<Record<string, Partial<PictureVolume>>>
  readonly servers?: Readonly<Record<string, Partial<PictureServer>>>
  /** `[volume, server]`. */
  readonly links?: readonly (readonly [string, string])[]
}

/** A small cloud of the site west. Names are ids, and the tenant is `shop`, where nothing else is said. */
export function aPicture({ volumes = {}, servers = {}, links = [] }: Small): CloudPicture {
  const maker = new PictureMaker('west')
  const common = { tenant: 'shop', projectId: 'p-shop', metadata: {} }
  for (const [id, more] of Object.entries(volumes))
    maker.volume({
      id,
      name: id,
      ...common,
      type: 'gold',
      backend: 'cinder@ceph',
      replicationStatus: 'enabled',
      ...more,
    })
  for (const [id, more] of Object.entries(servers)) maker.server({ id, name: id, ...common, ...more })
  for (const [volume, server] of links) maker.link(volume, server)
  return maker.picture()
}
