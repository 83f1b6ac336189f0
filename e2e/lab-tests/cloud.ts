import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { configuredCloud } from '@/lib/composition/configured-cloud'
import type { CommandResult } from '@/lib/ports/channel'
import type { CloudPort } from '@/lib/ports/cloud'
import { conf, lab, labDir } from './lab'

const run = promisify(execFile)
export const clouds = join(labDir, 'clouds.yaml')

/** Changes of the lab's cloud, as its administrator, past the console. */
export const cloudOfLab = {
  async act(argv: readonly string[]): Promise<CommandResult> {
    const cloud = configuredCloud('site-a', { cloud: 'lab', clouds, backends: {} }, join(labDir, 'attempts'))
    const port: CloudPort = cloud.port
    const said = await port.act(argv, { attemptId: crypto.randomUUID(), softDeadlineMs: 60_000, onStarted: () => {} })
    await cloud.close()
    if (said.exit !== 0) throw new Error(`${argv.join(' ')}: ${said.exit} ${said.stderr}`)
    return said
  },
}

/** OpenStack's own client, outside of Antipode. */
export async function openstack(...argv: string[]): Promise<string> {
  const env = { ...process.env, OS_CLIENT_CONFIG_FILE: clouds }
  const { stdout } = await run('/usr/bin/openstack', ['--os-cloud', 'lab', ...argv], { env, maxBuffer: 1 << 24 })
  return stdout
}

/** The addresses that the site's clients are given, `host:port`, by its own configuration. */
export function monitorsOf(site: string): readonly string[] {
  return [...readFileSync(conf(site), 'utf8').matchAll(/v[12]:(\d+\.\d+\.\d+\.\d+:\d+)/g)].flatMap(
    (found) => found[1] ?? [],
  )
}

const One = z.object({ id: z.string() }).loose()
const Made = z.union([z.array(One), One.transform((one) => [one])])
const State = z.object({
  services: z.array(z.object({ host: z.string(), binary: z.string() }).loose()),
  volumes: z.array(
    z
      .object({ id: z.string(), name: z.string(), status: z.string(), replication_status: z.string().nullable() })
      .loose(),
  ),
  attachments: z.array(z.object({ volume_id: z.string(), monitors: z.array(z.string()).nullish() }).loose()),
  servers: z.array(z.object({ id: z.string(), name: z.string(), status: z.string() }).loose()),
})
/** What the cloud's own services say, past the console. */
export const cloudState = async () => State.parse(JSON.parse(await lab('cloud', 'state')))
/** What a verb of `lab cloud` made. */
export const madeInCloud = async (...verb: string[]) => Made.parse(JSON.parse(await lab('cloud', ...verb)))
