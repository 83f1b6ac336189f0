import { ok } from './answers'
import type { Cloud } from './cloud'
import { novaPolicy } from './nova-servers'
import type { Asked, Route } from './requests'
import { stamp } from './times'

/** Nova's own limits. */
const QUOTA = {
  cores: 20,
  instances: 10,
  key_pairs: 100,
  metadata_items: 128,
  ram: 51_200,
  server_group_members: 10,
  server_groups: 10,
}

const keypairs = (cloud: Cloud, asked: Asked) => {
  const own = cloud.userId(asked.token.user)
  const userId = asked.query.get('user_id') ?? own
  if (userId !== own) novaPolicy(asked, 'os_compute_api:os-keypairs:index')
  const mine = cloud.store.list('keypairs').filter((one) => one.userId === userId)
  return ok({
    keypairs: mine.map(({ name, publicKey }) => ({
      keypair: {
        name,
        public_key: publicKey,
        fingerprint: '00:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd:ee:ff',
        type: 'ssh',
      },
    })),
  })
}

const computes = (cloud: Cloud, asked: Asked) => {
  novaPolicy(asked, 'os_compute_api:os-services:list')
  const services = cloud.spec.computeHosts.map((host, index) => ({
    ...{ id: `${index + 1}`, binary: 'nova-compute', host, zone: 'nova', status: 'enabled', disabled_reason: null },
    ...{ state: cloud.computeDown(host) ? 'down' : 'up', forced_down: false, updated_at: stamp(cloud.now()) },
  }))
  return ok({ services })
}

export const NOVA_ESTATE: readonly Route[] = [
  ['GET', /^\/os-services$/, computes],
  ['GET', /^\/os-keypairs$/, keypairs],
  ['GET', /^\/os-quota-sets\/([^/]+)$/, (_cloud, _asked, [id = '']) => ok({ quota_set: { id, ...QUOTA } })],
]
