import type { HelperParams, HelperResult } from '@/lib/ports/helper-protocol'
import { linkName } from './conditions'
import type { Desk } from './desk'
import { osdHostsOf } from './peering'

type Waiting = Desk & { wait(ms: number): Promise<void> }

/** As the monitors' map has an address: `10.0.0.1:3300`, `[fd00::1]:3300`, perhaps with `v2:` before it and a nonce behind. */
const ADDRESS = /^(?:v[12]:)?(?:\[([^\]]+)\]|([^[\]:/]+)):(\d{1,5})(?:\/\d+)?$/
const MON_PORTS = ['3300', '6789']
const OSD_PORTS = ['6800', '6801']

/** How an address answers whoever tries it from the desk's site; null: not at all. */
function answerOf(desk: Desk, address: string): { readonly reached: boolean; readonly text: string } | null {
  const [, bracketed, plain, port = ''] = ADDRESS.exec(address) ?? []
  const host = bracketed ?? plain
  if (host === undefined) return { reached: false, text: 'no address of the form host:port' }
  const { sites } = desk.conditions.spec
  const monitor = sites.find(({ mons }) => mons.includes(host) || mons.includes(`[${host}]`))
  const site = monitor ?? sites.find((one) => osdHostsOf(one).includes(host))
  if (site === undefined) return { reached: false, text: 'refused' }
  const cut = site.name !== desk.site && desk.conditions.valueAt(linkName(site.name, desk.site), desk.now) !== 'up'
  if (cut || desk.conditions.silent(site.name, desk.now)) return null
  const osdsUp = desk.conditions.valueAt(`osd ${site.name}`, desk.now) === 'up'
  const ports = monitor !== undefined ? MON_PORTS : osdsUp ? OSD_PORTS : []
  return ports.includes(port) ? { reached: true, text: 'accepted' } : { reached: false, text: 'refused' }
}

/** TCP connections tried from the desk's site: a monitor and an OSD take one while their site is there and the link between them too. */
export async function reach(
  desk: Waiting,
  { addresses, timeoutMs }: HelperParams<'net.reach'>,
): Promise<HelperResult<'net.reach'>> {
  const silent = { reached: false, text: `no answer within ${timeoutMs / 1000} s` }
  const answers = addresses.map((address) => ({ address, answer: answerOf(desk, address) }))
  if (answers.some(({ answer }) => answer === null)) await desk.wait(timeoutMs)
  return { results: answers.map(({ address, answer }) => ({ address, ...(answer ?? silent) })) }
}
