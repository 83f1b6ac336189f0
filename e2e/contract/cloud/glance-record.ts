import type { CloudLogin } from '@/lib/adapters/openstack/login'
import { session } from '@/lib/adapters/openstack/session'
import type { CloudChannel } from '@/lib/ports/cloud-channel'

/** Makes in Glance what no console makes, as this user. */
export function glanceRecords(channel: CloudChannel, login: () => CloudLogin) {
  const at = session(channel, login)
  const made: string[] = []

  /** A record without data, `queued`. Its id. */
  async function record(): Promise<string> {
    const body = JSON.stringify({ name: 'contract-record', disk_format: 'raw', container_format: 'bare' })
    const { answer } = await at.change({ service: 'image', method: 'POST', path: '/v2/images', body })
    if (answer.status !== 201) throw new Error(`POST /v2/images: ${answer.status} ${answer.body}`)
    const { id } = JSON.parse(answer.body) as { id: string }
    made.push(id)
    return id
  }

  return {
    record,
    /** One with some data of its own, `active`. Its id. */
    async image(): Promise<string> {
      const id = await record()
      const { secret } = await at.token()
      const { url } = await at.place('image')
      const headers = { 'x-auth-token': secret.reveal(), 'content-type': 'application/octet-stream' }
      const request = { method: 'PUT', url: `${url}/v2/images/${id}/file`, headers, body: 'x'.repeat(1 << 16) } as const
      const answer = await channel.send(request, { deadlineMs: 60_000 })
      if (answer.status !== 204) throw new Error(`PUT /v2/images/${id}/file: ${answer.status} ${answer.body}`)
      return id
    },
    /** All that were made here, with their data. */
    async remove(): Promise<void> {
      for (const id of made.splice(0))
        await at.change({ service: 'image', method: 'DELETE', path: `/v2/images/${id}`, body: null })
    },
  }
}
