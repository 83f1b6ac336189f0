import type { ComputeService, Server, ServerDisk, Volume, VolumeAttachment, VolumeService } from '@/lib/domain/cloud'
import { anAttachment, aPool, aServer, aService, aVolume } from '@/lib/domain/cloud-fixture'
import { isTakenAlong, rbdImageOf } from '@/lib/domain/cloud-ghosts'
import type { CommandResult } from '@/lib/ports/channel'
import type { CloudPort, Which } from '@/lib/ports/cloud'
import { bareArgv } from '@/lib/ports/controller'
import { mirrorArgv } from '@/lib/ports/mirror'
import type { TinyWorld } from './tiny-world'

export const MONITORS: Readonly<Record<string, string>> = { west: '10.0.1.1:6789', north: '10.0.2.1:6789' }

/**
 * The smallest cloud that a backend can be failed over in, for tests of the runner alone: its volumes are images of a tiny
 * world. What Cinder really does is the simulator's business, and the contract suite's.
 */
export class TinyCloud {
  service: VolumeService = aService()
  readonly volumes = new Map<string, Volume>()
  readonly servers = new Map<string, Server>()
  readonly attachments = new Map<string, VolumeAttachment>()
  disks: ServerDisk[] = []
  computes: ComputeService[] = []
  /** How often its services are still asked while it fails over: then it is done. */
  failsOverFor = 2
  private failingTo: string | null = null
  private nextAttachment = 1

  constructor(private readonly world: TinyWorld) {}

  private get serves(): 'west' | 'north' {
    return this.service.activeBackendId === null ? 'west' : 'north'
  }

  volume(id: string, change: Partial<Volume> = {}): Volume {
    const volume = aVolume(id, change)
    this.volumes.set(id, volume)
    if (isTakenAlong(volume) && volume.replicationStatus !== null) this.world.add(rbdImageOf(volume), 'journal')
    return volume
  }

  /** One that boots from the first of these volumes, and has the others attached. */
  server(id: string, volumeIds: readonly string[], change: Partial<Server> = {}): void {
    this.servers.set(id, aServer(id, volumeIds, change))
    for (const [index, volumeId] of volumeIds.entries()) this.attach(id, volumeId, `/dev/vd${'abcdefgh'[index]}`)
  }

  private attach(serverId: string, volumeId: string, device: string): void {
    const id = `att-${this.nextAttachment++}`
    this.attachments.set(id, anAttachment(id, volumeId, serverId, [MONITORS[this.serves] ?? '']))
    this.change(volumeId, { status: 'in-use', attachedTo: [{ attachmentId: id, serverId, device, hostName: null }] })
  }

  private change(id: string, change: Partial<Volume>): void {
    const volume = this.volumes.get(id)
    if (volume !== undefined) this.volumes.set(id, { ...volume, ...change })
  }

  private status(id: string, status: string): void {
    const server = this.servers.get(id)
    if (server !== undefined) this.servers.set(id, { ...server, status })
  }

  port(): CloudPort {
    const some = <T>(all: ReadonlyMap<string, T>, which: Which): readonly T[] =>
      which === 'all' ? [...all.values()] : which.flatMap((id) => all.get(id) ?? [])
    const none = async () => []
    return {
      site: 'west',
      identity: () => Promise.reject(new Error('no step asks who we are')),
      projects: none,
      volumeTypes: none,
      glanceImages: none,
      snapshots: none,
      volumeServices: async () => {
        if (this.failingTo !== null && --this.failsOverFor <= 0) this.failOver(this.failingTo)
        return [this.service]
      },
      backendPools: async () => (this.service.status === 'enabled' ? [aPool()] : []),
      volumes: async (which) => some(this.volumes, which),
      attachments: async (which) => some(this.attachments, which),
      servers: async (which) => some(this.servers, which),
      serverDisks: async (ids) => this.disks.filter(({ serverId }) => ids.includes(serverId)),
      computeServices: async () => this.computes,
      act: async (argv) => this.run(argv),
      mayLive: async () => 'gone',
      controller: this.controller(),
      shown: (argv) => ['curl', ...argv.slice(1)],
    }
  }

  /** Is cinder-volume killed, does it run, and is a failover_host in its queue for when it starts? */
  runs = true
  queued = 0
  /** What a person sets by hand is set by nobody else. */
  byHand = false

  /** The program that sets the records, and the one that starts cinder-volume. */
  private controller(): CloudPort['controller'] {
    return this.byHand
      ? null
      : {
          act: async (argv) => this.atController(argv),
          mayLive: async () => 'gone',
          shown: bareArgv,
        }
  }

  private atController(argv: readonly string[]): CommandResult {
    const [, program] = argv
    this.world.commands.push(`controller: ${program}`)
    const said = (exit: number, stderr: string): CommandResult => ({
      exit,
      stdout: '',
      stderr,
      durationMs: 1,
      overdue: false,
    })
    if (program === 'start-cinder-volume') {
      this.startVolume()
      return said(0, '')
    }
    if (this.runs) return said(1, 'nothing was changed: cinder-volume runs on this controller')
    this.setRecords(argv[5] ?? '')
    return said(0, '')
  }

  /** As the program does, and as somebody does by hand. */
  setRecords(target: string): void {
    this.queued = 0
    for (const { id, replicationStatus } of this.volumes.values())
      if (replicationStatus === 'enabled') this.change(id, { replicationStatus: 'failed-over' })
      else if (replicationStatus === 'disabled') this.change(id, { status: 'error', replicationStatus: 'not-capable' })
    this.service = {
      ...{ ...this.service, replicationStatus: 'failed-over', activeBackendId: target, status: 'disabled' },
      ...{ disabledReason: 'failed-over', frozen: true },
    }
  }

  /** It dies at once; what it was told then lies in its queue. */
  kill(queued = 0): void {
    this.runs = false
    this.queued = queued
    this.service = { ...this.service, state: 'down', ...(queued > 0 && { replicationStatus: 'failing-over' }) }
  }

  startVolume(): void {
    this.runs = true
    this.service = { ...this.service, state: 'up' }
    if (this.queued > 0) this.failingTo = 'secondary'
  }

  /** As Cinder does: what it can demote it demotes until one fails, then all are promoted, by force where not demoted. */
  private failOver(target: string): void {
    const [from, to] = target === 'default' ? (['north', 'west'] as const) : (['west', 'north'] as const)
    this.failingTo = null
    for (const volume of this.volumes.values()) {
      if (!isTakenAlong(volume)) {
        this.change(volume.id, { status: 'error', replicationStatus: 'not-capable' })
        continue
      }
      const image = this.world.images.get(`volumes/${rbdImageOf(volume)}`)
      if (image?.primaryAt.has(to) !== false) {
        this.change(volume.id, { status: 'error', replicationStatus: 'failover-error' })
        continue
      }
      const spec = `volumes/${rbdImageOf(volume)}`
      const argv = image.primaryAt.has(from) ? mirrorArgv.forcePromote(spec) : mirrorArgv.promote(spec)
      void this.world.port(to).act(argv, { attemptId: 'cinder', softDeadlineMs: 1, onStarted: () => {} })
      this.change(volume.id, { replicationStatus: target === 'default' ? 'enabled' : 'failed-over' })
    }
    this.service =
      target === 'default'
        ? { ...this.service, replicationStatus: 'enabled', activeBackendId: null, status: 'disabled' }
        : {
            ...{ ...this.service, replicationStatus: 'failed-over', activeBackendId: target, status: 'disabled' },
            disabledReason: 'failed-over',
          }
  }

  private run(argv: readonly string[]): CommandResult {
    const [, , method = '', path = '', body = '{}'] = argv
    this.world.commands.push(`cloud: ${method} ${path} ${body}`)
    const ok: CommandResult = { exit: 0, stdout: '', stderr: '', durationMs: 1, overdue: false }
    const parts = path.split('/')
    const id = parts[2] ?? ''
    if (path.endsWith('/freeze')) {
      if (this.service.frozen) return { ...ok, exit: 400, stderr: 'frozen already' }
      this.service = { ...this.service, frozen: true, status: 'disabled', disabledReason: 'frozen' }
    } else if (path.endsWith('/thaw')) {
      this.service = { ...this.service, frozen: false, status: 'enabled', disabledReason: '' }
    } else if (path.endsWith('/failover_host')) {
      this.service = { ...this.service, replicationStatus: 'failing-over' }
      this.failingTo = String((JSON.parse(body) as { backend_id: string }).backend_id)
    } else if (body.includes('os-reset_status')) {
      const { 'os-reset_status': wanted } = JSON.parse(body) as { 'os-reset_status': { status: string } }
      this.change(id, wanted)
    } else if (path.includes('os-volume_attachments') && method === 'DELETE') {
      this.change(parts[4] ?? '', { status: 'available', attachedTo: [] })
      const server = this.servers.get(id)
      if (server !== undefined)
        this.servers.set(id, { ...server, volumeIds: server.volumeIds.filter((one) => one !== parts[4]) })
    } else if (path.includes('os-volume_attachments')) {
      const { volumeAttachment: asked } = JSON.parse(body) as { volumeAttachment: { volumeId: string; device: string } }
      this.attach(id, asked.volumeId, asked.device)
    } else if (body.includes('os-stop')) this.status(id, 'SHUTOFF')
    else if (body.includes('os-start')) this.status(id, 'ACTIVE')
    else if (body.includes('unshelve')) {
      for (const volume of this.volumes.values())
        for (const { device } of volume.attachedTo.filter(({ serverId }) => serverId === id))
          this.attach(id, volume.id, device)
      this.status(id, 'ACTIVE')
    } else if (body.includes('shelve')) this.status(id, 'SHELVED_OFFLOADED')
    return ok
  }
}
