import { afterEach } from 'vitest'
import { AdapterError } from '@/lib/ports/errors'
import { cloudPort } from './cloud-port'
import { type Answers, captured, fakeCloud, type Heard, type Said } from './fake-cloud'
import { httpChannel } from './http-channel'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})

/** A port over HTTP to a cloud whose answers are the test's. Closed after it. */
export async function cloud(answers: Answers, pageSize?: number) {
  const made = await fakeCloud(answers)
  const channel = httpChannel('west', { tls: () => made.login().tls, controllerExec: null, attempts: '/nowhere' })
  open.push(made, channel)
  return { made, port: cloudPort(channel, made.login, pageSize === undefined ? {} : { pageSize }) }
}

/** The AdapterError that this fails with. */
export async function failing(work: Promise<unknown>): Promise<AdapterError> {
  const error = await work.then(
    () => null,
    (thrown) => thrown,
  )
  if (!(error instanceof AdapterError)) throw new Error(`no AdapterError: ${error}`)
  return error
}

/** Each path, without its query, answers with one capture; a list has no second page. */
export const from =
  (captures: Readonly<Record<string, string>>) =>
  ({ path }: Heard): Said => {
    const name = captures[path.replace(/\?.*/, '')]
    if (name === undefined) return { status: 404, body: {} }
    const said = captured(name)
    const body = JSON.parse(said.body)
    const binary = /[?&]binary=([^&]*)/.exec(path)?.[1]
    if (binary !== undefined)
      body.services = body.services.filter((one: { readonly binary: string }) => one.binary === binary)
    for (const key of Object.keys(body)) if (/links|next/.test(key)) delete body[key]
    return /[?&]marker=/.test(path) ? { body: { attachments: [] } } : { status: said.status, body }
  }
