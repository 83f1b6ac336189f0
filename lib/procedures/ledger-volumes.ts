import { rbdImageOf } from '@/lib/domain/cloud-ghosts'
import type { LedgerVolume } from '@/lib/domain/cloud-plan'
import type { LedgerRow } from '@/lib/domain/plan'
import type { CloudPort } from '@/lib/ports/cloud'
import { AdapterError } from '@/lib/ports/errors'
import type { CinderGround } from './cinder-ground'

/** The rows of a loss ledger with whose volumes they are. A project whose name is not told stands with its id. */
export async function namedRows(
  rows: readonly LedgerRow[],
  { volumes, servers }: Pick<CinderGround, 'volumes' | 'servers'>,
  cloud: Pick<CloudPort, 'projects'>,
): Promise<readonly LedgerRow[]> {
  const projects = await cloud.projects().catch((error: unknown) => {
    if (error instanceof AdapterError) return []
    throw error
  })
  const tenants = new Map(projects.map(({ id, name }) => [id, name]))
  const names = new Map(servers.map(({ id, name }) => [id, name]))
  const byImage = new Map(
    volumes.map((volume): readonly [string, LedgerVolume] => [
      rbdImageOf(volume),
      {
        name: volume.name,
        tenant: tenants.get(volume.projectId) ?? volume.projectId,
        servers: volume.attachedTo.map(({ serverId }) => names.get(serverId) ?? serverId),
      },
    ]),
  )
  return rows.map((row) => {
    const volume = byImage.get(row.image.name)
    return volume === undefined ? row : { ...row, volume }
  })
}
