import { beforeAll, describe, expect, test } from 'vitest'
import type { CloudStage } from './stage'
import type { MadeStack } from './world'

/** What stands around volumes and servers: networks, limits, keys, and the stacks that own them. */
export function cloudEstateContract(at: () => CloudStage): void {
  describe('what stands around its servers', () => {
    let stack: MadeStack

    beforeAll(async () => {
      await at().world.reset()
      stack = await at().world.makeStack()
    })
    const admin = () => at().world.estate('admin')

    test('a stack names its project, and is found among those of all', async () => {
      const read = await admin().stacks()
      if (read.kind === 'unknown') throw new Error(read.reason)
      const mine = read.value.find(({ id }) => id === stack.id)
      expect(mine).toMatchObject({ name: stack.name, projectId: stack.project, status: 'CREATE_COMPLETE' })
    })

    test('what a stack has made is named by type and by the id that its service knows', async () => {
      const made = new Map((await admin().stackResources(stack)).map(({ type, physicalId }) => [type, physicalId]))
      expect(made.get('OS::Nova::Server')).toBe(stack.server)
      expect(made.get('OS::Nova::KeyPair')).toBe(`${stack.name}-key`)
    })

    test('a stack that is gone has made nothing', async () => {
      expect(await admin().stackResources({ id: '00000000-0000-0000-0000-000000000000', name: stack.name })).toEqual([])
    })

    test("where the policy does not let them, others' stacks are not known, with what to grant", async () => {
      const read = await at().world.estate('member').stacks()
      expect(read).toMatchObject({ kind: 'unknown', reason: expect.stringContaining('stacks:global_index') })
    })

    test("a server's port has its address, on a subnet of a network that is there", async () => {
      const [ports, networks, subnets] = await Promise.all([
        admin().networkPorts(),
        admin().networks(),
        admin().subnets(),
      ])
      const port = ports.find(({ deviceId }) => deviceId === stack.server)
      expect(port).toMatchObject({ projectId: stack.project, status: 'ACTIVE' })
      const [server] = await at().admin.servers([stack.server])
      expect(port?.addresses.map(({ ip }) => ip)).toEqual(server?.addresses)
      const network = networks.find(({ id }) => id === port?.networkId)
      expect(network?.subnetIds).toContain(port?.addresses[0]?.subnetId)
      expect(subnets.find(({ id }) => id === port?.addresses[0]?.subnetId)?.networkId).toBe(network?.id)
    })

    test('its security group is of its own project', async () => {
      const ports = await admin().networkPorts()
      const [group] = ports.find(({ deviceId }) => deviceId === stack.server)?.securityGroupIds ?? []
      const found = (await admin().securityGroups()).find(({ id }) => id === group)
      expect(found).toMatchObject({ name: 'default', projectId: stack.project })
    })

    test('nobody has a floating address where there is no router', async () => {
      expect(await admin().floatingIps()).toEqual([])
    })

    test("a user's keypairs are listed, with the public half alone", async () => {
      const users = await admin().users()
      expect(users.map(({ id }) => id)).toContain(stack.user)
      const pairs = await admin().keypairs(stack.user)
      expect(pairs).toMatchObject([{ name: `${stack.name}-key`, userId: stack.user }])
      expect(pairs[0]?.publicKey).toMatch(/^ssh-ed25519 /)
    })

    test('limits are told by Nova, Cinder and Neutron', async () => {
      const { compute, volume, network } = await admin().quotas(stack.project)
      for (const most of [compute.cores, compute.instances, volume.volumes, volume.gigabytes, network.port])
        expect(most).toBeGreaterThan(0)
    })

    test("a flavor has what a server of it is given, by the name that the server's says", async () => {
      const [server] = await at().admin.servers([stack.server])
      const flavor = (await admin().flavors()).find(({ name }) => name === server?.flavor)
      expect(flavor?.vcpus).toBeGreaterThan(0)
      expect(flavor?.ramMb).toBeGreaterThan(0)
    })

    test('pages of one give as much as one page of all', async () => {
      const paged = at().world.estate('admin', { pageSize: 1 })
      const ids = (all: readonly { readonly id: string }[]): readonly string[] => all.map(({ id }) => id).sort()
      for (const list of ['flavors', 'networks', 'subnets', 'networkPorts', 'securityGroups'] as const)
        expect(ids(await paged[list]()), list).toEqual(ids(await admin()[list]()))
    })
  })
}
