import type { ImageCloud } from './image-cloud'

/** `disk-3 on web-1`: what people call an image, in a line. */
export function cloudWords({ kind, name, id, servers, tenant, typeName, madeFrom }: ImageCloud) {
  if (kind === 'orphan')
    return { text: 'no volume has it', tone: 'text-behind', title: 'Named as a volume that Cinder does not have' }
  if (kind === 'glance') return { text: `Glance: ${name || id}`, tone: 'text-dim', title: `Glance image ${name} ${id}` }
  const on = servers.map((server) => server.name).join(', ')
  const own = name === '' ? (on === '' ? 'volume without a name' : 'volume') : name
  const facts = [`volume ${id}`, `tenant ${tenant}`, typeName === null ? 'no type' : `type ${typeName}`]
  const title = [...facts, ...(madeFrom === null ? [] : [`made from ${madeFrom.name}`])].join(', ')
  return { text: on === '' ? own : `${own} on ${on}`, tone: 'text-dim', title }
}
