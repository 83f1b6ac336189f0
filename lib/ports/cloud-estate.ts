import type {
  CloudUser,
  Flavor,
  FloatingIp,
  Keypair,
  Network,
  NetworkPort,
  Quotas,
  SecurityGroup,
  Stack,
  StackResource,
  Subnet,
} from '@/lib/domain/cloud-estate'
import type { Reading } from '@/lib/domain/reading'
import type { SiteName } from '@/lib/domain/words'

/**
 * What a cloud has around its volumes and servers, for reading alone. Every list is of all projects. Throws AdapterError,
 * which names service, region and request id.
 */
export interface CloudEstate {
  readonly site: SiteName
  flavors(): Promise<readonly Flavor[]>
  users(): Promise<readonly CloudUser[]>
  /** Nova lists them by user alone. */
  keypairs(userId: string): Promise<readonly Keypair[]>
  quotas(projectId: string): Promise<Quotas>
  networks(): Promise<readonly Network[]>
  subnets(): Promise<readonly Subnet[]>
  networkPorts(): Promise<readonly NetworkPort[]>
  /** None where Neutron has no routers. */
  floatingIps(): Promise<readonly FloatingIp[]>
  securityGroups(): Promise<readonly SecurityGroup[]>
  /**
   * None where the cloud has no Heat. Unknown where Heat's policy lets nobody list the stacks of others, which is its
   * default: `stacks:global_index` has to be granted.
   */
  stacks(): Promise<Reading<readonly Stack[]>>
  /** Those of the stacks inside it too. None of a stack that is gone. */
  stackResources(stack: Pick<Stack, 'id' | 'name'>): Promise<readonly StackResource[]>
}
