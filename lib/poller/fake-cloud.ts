import type {
  BackendPool,
  CloudIdentity,
  GlanceImage,
  Server,
  Volume,
  VolumeAttachment,
  VolumeService,
  VolumeSnapshot,
  VolumeType,
} from '@/lib/domain/cloud'
import type { Stack, StackResource } from '@/lib/domain/cloud-estate'
import { aPool, aService, aType } from '@/lib/domain/cloud-fixture'
import { known, unknown } from '@/lib/domain/reading'
import type { Clock } from '@/lib/ports/clock'
import type { CloudPort } from '@/lib/ports/cloud'
import type { CloudEstate } from '@/lib/ports/cloud-estate'
import { AdapterError, type AdapterErrorKind } from '@/lib/ports/errors'

const never = () => Promise.reject(new Error('the poller changes nothing'))

type Question =
  | 'identity'
  | 'projects'
  | 'services'
  | 'pools'
  | 'types'
  | 'volumes'
  | 'snapshots'
  | 'attachments'
  | 'glance'
  | 'servers'
  | 'stacks'
  | 'resources'

/** A cloud in memory that can fall silent, refuse, and change while it is read. Tests change it in place. */
export class FakeCloud {
  services: VolumeService[] = [aService()]
  pools: BackendPool[] = [aPool({ location: { conf: '', fsid: 'east', user: 'cinder', pool: 'volumes' } })]
  types: VolumeType[] = [aType('replicated')]
  volumes: Volume[] = []
  snapshots: VolumeSnapshot[] = []
  attachments: VolumeAttachment[] = []
  glance: GlanceImage[] = []
  servers: Server[] = []
  stacks: Stack[] = []
  /** By stack, what it has made. */
  readonly made = new Map<string, StackResource[]>()
  /** Heat's own policy: nobody is told of the stacks of others. */
  stacksDenied = false
  /** No answer to anything, until the deadline. */
  dead = false
  deadlineMs = 5_000
  costMs = 0
  asked: Question[] = []
  readonly failing = new Map<Question, AdapterErrorKind>()
  /** Done right before a question is answered. */
  readonly meanwhile = new Map<Question, () => void>()

  constructor(private readonly clock: Clock) {}

  count(question: Question): number {
    return this.asked.filter((one) => one === question).length
  }

  port(): CloudPort {
    const all =
      <T>(question: Question, things: () => readonly T[]) =>
      () =>
        this.answer(question, () => [...things()])
    return {
      site: 'east',
      identity: () => this.answer('identity', () => IDENTITY),
      projects: all('projects', () => [{ id: 'p1', name: 'shop' }]),
      volumeServices: all('services', () => this.services),
      backendPools: all('pools', () => this.pools),
      volumeTypes: all('types', () => this.types),
      volumes: all('volumes', () => this.volumes),
      snapshots: all('snapshots', () => this.snapshots),
      attachments: all('attachments', () => this.attachments),
      glanceImages: all('glance', () => this.glance),
      servers: all('servers', () => this.servers),
      controller: null,
      serverDisks: never,
      computeServices: never,
      act: never,
      mayLive: never,
      shown: (argv) => argv,
    }
  }

  estate(): Pick<CloudEstate, 'stacks' | 'stackResources'> {
    return {
      stacks: () =>
        this.answer('stacks', () =>
          this.stacksDenied ? unknown('grant stacks:global_index') : known([...this.stacks], this.clock.now()),
        ),
      stackResources: ({ id }) => this.answer('resources', () => this.made.get(id) ?? []),
    }
  }

  private async answer<T>(question: Question, value: () => T): Promise<T> {
    this.asked.push(question)
    if (this.dead) {
      await this.clock.sleep(this.deadlineMs)
      throw this.error('unreachable', question, 'keystone does not answer')
    }
    if (this.costMs > 0) await this.clock.sleep(this.costMs)
    const kind = this.failing.get(question)
    if (kind !== undefined) throw this.error(kind, question, `${question} answered with nonsense`)
    this.meanwhile.get(question)?.()
    return value()
  }

  private error(kind: AdapterErrorKind, question: Question, message: string): AdapterError {
    return new AdapterError(kind, 'east', `GET ${question}`, message)
  }
}

const IDENTITY: CloudIdentity = {
  region: 'RegionOne',
  user: 'antipode',
  project: 'admin',
  roles: ['admin'],
  services: [{ service: 'volume', url: 'http://cinder', microversion: '3.70' }],
}
