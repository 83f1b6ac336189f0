import { statSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { openstack } from './cloud'
import { labDir } from './lab'
import { readFrom } from './recorded'

/** A change that somebody asked Cinder's API for, as its own log has it. */
export interface Told {
  readonly requestId: string
  /** `PUT os-services/failover_host`. */
  readonly what: string
  readonly at: number
  /** Null while it is at it. */
  readonly status: number | null
}

/** Every line of the services ends with it. */
const COLOR_OFF = '\u001b[00m'
const LOG = join(labDir, 'openstack/log/cinder-api.log')
const ASKED =
  /^(\S+ \S+) \d+ INFO cinder\.api\.openstack\.wsgi \[\S+ (req-\S+) .*?\] (PUT|POST|DELETE) http:\/\/[^/]+\/v3\/\w+\/(\S+)/
const SAID = /INFO cinder\.api\.openstack\.wsgi \[\S+ (req-\S+) .*?\] http:\S+ returned with HTTP (\d+)/

/** What Cinder's API was told from now on, by its log. */
export function cinderTold(): { read(): readonly Told[] } {
  const told = new Map<string, Told>()
  let at = statSync(LOG).size
  let rest = ''
  return {
    read() {
      const text = readFrom(LOG, at)
      at += Buffer.byteLength(text)
      const lines = (rest + text).split('\n')
      rest = lines.pop() ?? ''
      for (const colored of lines) {
        const line = colored.replace(COLOR_OFF, '')
        const [, time = '', id = '', method = '', path = ''] = ASKED.exec(line) ?? []
        // The lab's machine and its services stand in one time zone, which the log does not name.
        if (id !== '')
          told.set(id, {
            requestId: id,
            what: `${method} ${path}`,
            at: Date.parse(`${time.replace(' ', 'T')}`),
            status: null,
          })
        const [, answered = '', status = ''] = SAID.exec(line) ?? []
        const asked = told.get(answered)
        if (asked !== undefined) told.set(answered, { ...asked, status: Number(status) })
      }
      return [...told.values()]
    },
  }
}

const Events = z.array(z.object({ 'Request ID': z.string(), Action: z.string() }).loose())

/** What Nova was asked to do to a server, by its own record: the action by the id of the request. */
export async function novaTold(server: string): Promise<ReadonlyMap<string, string>> {
  const events = Events.parse(JSON.parse(await openstack('server', 'event', 'list', server, '-f', 'json')))
  return new Map(events.map((event) => [event['Request ID'], event.Action]))
}
