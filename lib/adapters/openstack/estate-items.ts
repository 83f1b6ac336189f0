import { z } from 'zod'
import type {
  CloudUser,
  Flavor,
  FloatingIp,
  Keypair,
  Network,
  NetworkPort,
  SecurityGroup,
  Stack,
  StackResource,
  Subnet,
} from '@/lib/domain/cloud-estate'
import { Time, Word } from './parse'

export const WholeFlavor = z
  .object({
    id: z.string(),
    name: z.string(),
    vcpus: z.number(),
    ram: z.number(),
    disk: z.number(),
    'os-flavor-access:is_public': z.boolean().default(true),
    // Since 2.61.
    extra_specs: z.record(z.string(), z.string()).default({}),
  })
  .transform(
    (said): Flavor => ({
      id: said.id,
      name: said.name,
      vcpus: said.vcpus,
      ramMb: said.ram,
      diskGb: said.disk,
      public: said['os-flavor-access:is_public'],
      extraSpecs: said.extra_specs,
    }),
  )

export const UserItem: z.ZodType<CloudUser> = z.object({
  id: z.string(),
  name: z.string(),
  enabled: z.boolean().default(true),
})

export const keypairItem = (userId: string) =>
  z.object({ keypair: z.object({ name: z.string(), public_key: z.string(), fingerprint: z.string() }) }).transform(
    ({ keypair: said }): Keypair => ({
      name: said.name,
      userId,
      publicKey: said.public_key,
      fingerprint: said.fingerprint,
    }),
  )

/** Limits by name; the project's id stands among them. */
export const LimitSet = z
  .record(z.string(), z.unknown())
  .transform((said) =>
    Object.fromEntries(
      Object.entries(said).flatMap(([name, most]) => (typeof most === 'number' ? [[name, most]] : [])),
    ),
  )

export const NetworkItem = z
  .object({
    id: z.string(),
    name: z.string(),
    project_id: z.string(),
    status: z.string(),
    shared: z.boolean(),
    'router:external': z.boolean().default(false),
    subnets: z.array(z.string()),
  })
  .transform(
    (said): Network => ({
      id: said.id,
      name: said.name,
      projectId: said.project_id,
      status: said.status,
      shared: said.shared,
      external: said['router:external'],
      subnetIds: said.subnets,
    }),
  )

export const SubnetItem = z
  .object({
    id: z.string(),
    name: z.string(),
    network_id: z.string(),
    cidr: z.string(),
    gateway_ip: Word,
    enable_dhcp: z.boolean(),
  })
  .transform(
    (said): Subnet => ({
      id: said.id,
      name: said.name,
      networkId: said.network_id,
      cidr: said.cidr,
      gateway: said.gateway_ip,
      dhcp: said.enable_dhcp,
    }),
  )

export const PortItem = z
  .object({
    id: z.string(),
    name: z.string(),
    project_id: z.string(),
    network_id: z.string(),
    device_id: z.string(),
    device_owner: z.string(),
    status: z.string(),
    mac_address: z.string(),
    fixed_ips: z.array(z.object({ subnet_id: z.string(), ip_address: z.string() })),
    security_groups: z.array(z.string()).default([]),
  })
  .transform(
    (said): NetworkPort => ({
      id: said.id,
      name: said.name,
      projectId: said.project_id,
      networkId: said.network_id,
      deviceId: said.device_id,
      deviceOwner: said.device_owner,
      status: said.status,
      mac: said.mac_address,
      addresses: said.fixed_ips.map(({ subnet_id, ip_address }) => ({ subnetId: subnet_id, ip: ip_address })),
      securityGroupIds: said.security_groups,
    }),
  )

export const FloatingIpItem = z
  .object({
    id: z.string(),
    project_id: z.string(),
    floating_ip_address: z.string(),
    floating_network_id: z.string(),
    port_id: Word,
    status: z.string(),
  })
  .transform(
    (said): FloatingIp => ({
      id: said.id,
      projectId: said.project_id,
      ip: said.floating_ip_address,
      networkId: said.floating_network_id,
      portId: said.port_id,
      status: said.status,
    }),
  )

export const SecurityGroupItem = z
  .object({
    id: z.string(),
    name: z.string(),
    project_id: z.string(),
    security_group_rules: z.array(z.unknown()).default([]),
  })
  .transform(
    (said): SecurityGroup => ({
      id: said.id,
      name: said.name,
      projectId: said.project_id,
      rules: said.security_group_rules.length,
    }),
  )

export const StackItem = z
  .object({
    id: z.string(),
    stack_name: z.string(),
    // Heat names the tenant of a stack only to those who list the stacks of all.
    project: z.string(),
    stack_status: z.string(),
    updated_time: Time.nullish(),
  })
  .transform(
    (said): Stack => ({
      id: said.id,
      name: said.stack_name,
      projectId: said.project,
      status: said.stack_status,
      updatedAt: said.updated_time ?? null,
    }),
  )

export const ResourceItem = z
  .object({
    resource_name: z.string(),
    resource_type: z.string(),
    physical_resource_id: z.string().nullish(),
    resource_status: z.string(),
  })
  .transform(
    (said): StackResource => ({
      name: said.resource_name,
      type: said.resource_type,
      physicalId: said.physical_resource_id ?? '',
      status: said.resource_status,
    }),
  )
