import type { SiteName } from './words'

type Words = Readonly<Record<string, string>>

/** What rules of groups need to know of a volume. */
export interface PictureVolume {
  readonly id: string
  readonly name: string
  readonly tenant: string
  readonly projectId: string
  readonly type: string | null
  readonly backend: string | null
  readonly replicationStatus: string | null
  readonly metadata: Words
}

/** What they need to know of a server. */
export interface PictureServer {
  readonly id: string
  readonly name: string
  readonly tenant: string
  readonly projectId: string
  readonly metadata: Words
}

/** The volumes and servers of one cloud at one look, and what hangs on what. Cinder and Nova each have a list; either counts. */
export interface CloudPicture {
  readonly site: SiteName
  readonly volumes: ReadonlyMap<string, PictureVolume>
  readonly servers: ReadonlyMap<string, PictureServer>
  serversOf(volumeId: string): readonly string[]
  volumesOf(serverId: string): readonly string[]
}

const NONE: readonly string[] = []

/** Puts a picture together. Of links, those to what is not in it stay: they name what could not be seen. */
export class PictureMaker {
  private readonly volumes = new Map<string, PictureVolume>()
  private readonly servers = new Map<string, PictureServer>()
  private readonly byVolume = new Map<string, string[]>()
  private readonly byServer = new Map<string, string[]>()

  constructor(private readonly site: SiteName) {}

  volume(volume: PictureVolume): void {
    this.volumes.set(volume.id, volume)
  }

  server(server: PictureServer): void {
    this.servers.set(server.id, server)
  }

  link(volumeId: string, serverId: string): void {
    const there = this.byVolume.get(volumeId)
    if (there?.includes(serverId)) return
    this.byVolume.set(volumeId, [...(there ?? NONE), serverId])
    const volumes = this.byServer.get(serverId)
    if (volumes === undefined) this.byServer.set(serverId, [volumeId])
    else volumes.push(volumeId)
  }

  picture(): CloudPicture {
    return {
      site: this.site,
      volumes: this.volumes,
      servers: this.servers,
      serversOf: (id) => this.byVolume.get(id) ?? NONE,
      volumesOf: (id) => this.byServer.get(id) ?? NONE,
    }
  }
}
