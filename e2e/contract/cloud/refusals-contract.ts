import { beforeAll, describe, expect, test } from 'vitest'
import { cloudArgv } from '@/lib/ports/cloud'
import type { CloudStage } from './stage'
import type { MadeVolume } from './world'

/** What Cinder refuses, what it takes and does nothing about, and what freezing does. */
export function cloudRefusalsContract(at: () => CloudStage): void {
  describe('freezing, and orders that cannot be carried out', () => {
    let volumes: readonly MadeVolume[] = []
    let plain: readonly MadeVolume[] = []

    beforeAll(async () => {
      await at().world.reset()
      volumes = await at().world.makeVolumes(2, 'replicated')
      plain = await at().world.makeVolumes(1, 'plain')
    })

    test('a backend that is frozen is disabled for that reason, and a second time is refused with 400', async () => {
      await at().done(cloudArgv.freeze(at().world.host))
      expect(await at().backend()).toMatchObject({ frozen: true, status: 'disabled', disabledReason: 'frozen' })
      const again = await at().act(cloudArgv.freeze(at().world.host))
      expect(again).toMatchObject({ exit: 400, overdue: false })
      expect(again.stderr).toContain(`frozen in ['${at().world.host}'] must be False`)
    })

    test('nothing is deleted on a frozen backend', async () => {
      const [volume] = volumes
      const refused = await at().act(cloudArgv.deleteVolume(volume?.id ?? ''))
      expect(refused).toMatchObject({ exit: 400 })
      expect(refused.stderr).toContain('Modification operations are not allowed on frozen storage backends')
      expect(await at().words(volumes)).toEqual(['available/enabled', 'available/enabled'])
    })

    test('thawing enables it again', async () => {
      await at().done(cloudArgv.thaw(at().world.host))
      expect(await at().backend()).toMatchObject({ frozen: false, status: 'enabled', disabledReason: '' })
    })

    test('a volume that is on its way to another backend says so, and one whose migration is none says nothing', async () => {
      const [volume] = volumes
      const reset = (migration_status: string) =>
        at().done([
          ...['openstack', 'volume', 'POST', `/volumes/${volume?.id}/action`],
          JSON.stringify({ 'os-reset_status': { migration_status } }),
        ])
      const said = async () => (await at().volume({ id: volume?.id ?? '' })).migrationStatus
      expect(await said()).toBeNull()
      await reset('migrating')
      expect(await said()).toBe('migrating')
      await reset('none')
      expect(await said()).toBeNull()
    })

    test('a failover to an unknown target is taken, and does nothing to replicated volumes', async () => {
      const ended = await at().failOver('nowhere')
      expect(ended).toMatchObject({ replicationStatus: 'enabled', activeBackendId: null })
      expect(await at().words(volumes)).toEqual(['available/enabled', 'available/enabled'])
      expect(await at().roles(volumes)).toEqual(volumes.map(() => ['primary', 'non-primary']))
    })

    test('it spoils volumes without replication all the same', async () => {
      expect(await at().words(plain)).toEqual(['error/not-capable'])
    })

    test('a failover of an unknown backend is refused', async () => {
      const refused = await at().act(cloudArgv.failoverHost('nobody@ceph', at().world.target))
      expect(refused).toMatchObject({ exit: 400 })
      expect(refused.stderr).toContain('No service found with host=nobody@ceph')
    })

    test("a mere member may change nothing of a backend, and is told the policy's words", async () => {
      const refused = await at().act(cloudArgv.freeze(at().world.host), at().member)
      expect(refused).toMatchObject({ exit: 403 })
      expect(refused.stderr).toContain("Policy doesn't allow volume_extension:services:update to be performed.")
      expect(await at().backend()).toMatchObject({ frozen: false })
    })
  })
}
