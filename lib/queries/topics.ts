/** A query key begins with a noun; some nouns name one thing after it: `['site', 'eu-west']`, `['run', 'r-12']`. */
export type Affects = readonly (readonly string[])[]

/**
 * Which queries a topic of the event stream makes old. A key that is longer than what is named here is meant too.
 * `pool:PAIR/POOL` says nothing of single images, so every open image of the pool is read again.
 */
export function affectedBy(topic: string): Affects {
  const [noun = '', subject = ''] = splitOnce(topic)
  switch (noun) {
    case 'site':
      return [['shell'], ['overview'], ['wall'], ['sites'], ['site', subject]]
    case 'pool':
      return [['images'], ['image']]
    case 'cloud':
      return [['clouds']]
    case 'volumes':
      return [['clouds'], ['servers'], ['images'], ['image']]
    case 'summary':
      return [['overview'], ['wall'], ['status'], ['shell']]
    case 'runs':
      return [['runs'], ['wall'], ['status'], ['shell'], ['overview']]
    case 'run':
      return [['run', subject], ['wall'], ['status']]
    case 'statements':
      return [['statements'], ['shell'], ['overview'], ['wall'], ['status'], ['sites'], ['site', '']]
    case 'apart':
      return [['apart'], ['overview'], ['wall'], ['shell']]
    case 'audit':
      return [['audit']]
    default:
      return [[noun]]
  }
}

/** Does a query's key begin as one of those does? An empty subject means all of the noun. */
export const isAffected = (key: readonly unknown[], affects: Affects): boolean =>
  affects.some((prefix) => prefix.every((part, index) => part === '' || key[index] === part))

function splitOnce(topic: string): [string, string] {
  const colon = topic.indexOf(':')
  return colon < 0 ? [topic, ''] : [topic.slice(0, colon), topic.slice(colon + 1)]
}
