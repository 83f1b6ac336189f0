import type { Reading } from '@/lib/domain/reading'
import { type ImageSpec, specText } from '@/lib/domain/words'
import { AdapterError } from '@/lib/ports/errors'
import type { FoundImage } from '@/lib/ports/mirror'
import { shellWord } from '@/lib/procedures/shell-word'
import { readKept } from '@/lib/read/kept'
import type { CheckedCopy, CheckKeptInput, KeptCopy } from '@/lib/views/kept'
import type { ServiceContext } from './context'

/**
 * Are the copies that runs put aside still there, by their ids? One question a site; a site that does not answer is said
 * for each of its copies. With the commands to open, compare, copy back or delete each by hand: nothing here does it.
 */
export async function checkKept({ ids }: CheckKeptInput, context: ServiceContext): Promise<readonly CheckedCopy[]> {
  const wanted = new Set(ids)
  const copies = (await readKept(context.store, context.clock.now())).copies.filter(({ id }) => wanted.has(id))
  const bySite = new Map<string, KeptCopy[]>()
  for (const copy of copies) bySite.set(copy.site, [...(bySite.get(copy.site) ?? []), copy])
  const checked = await Promise.all([...bySite].map(([site, mine]) => atSite(site, mine, context)))
  return checked.flat()
}

const keptSpec = ({ pool, namespace, keptAs }: KeptCopy): ImageSpec => ({ pool, namespace, name: keptAs })

async function atSite(
  site: string,
  copies: readonly KeptCopy[],
  context: ServiceContext,
): Promise<readonly CheckedCopy[]> {
  if (!context.sites.includes(site))
    return copies.map(({ id }) => ({ id, state: 'unknown', text: `${site} is no site of this console`, commands: [] }))
  const found = await context
    .mirror(site)
    .found(copies.map(keptSpec))
    .catch((error): readonly Reading<FoundImage>[] => {
      if (!(error instanceof AdapterError)) throw error
      return copies.map(() => ({ kind: 'unknown', reason: error.told }))
    })
  return copies.map((copy, index): CheckedCopy => {
    const seen = judged(copy, found[index])
    return { id: copy.id, ...seen, commands: seen.state === 'there' ? commandsOf(copy, context) : [] }
  })
}

function judged(copy: KeptCopy, found: Reading<FoundImage> | undefined): Pick<CheckedCopy, 'state' | 'text'> {
  if (found?.kind !== 'known') return { state: 'unknown', text: found?.reason ?? 'not read' }
  if (found.value.kind === 'absent')
    return { state: 'gone', text: 'nothing has this name any more: somebody deleted or renamed it' }
  if (found.value.imageId !== copy.imageId) return { state: 'another', text: 'another image has this name now' }
  const snapshots = found.value.snapshots.length
  return { state: 'there', text: snapshots === 0 ? 'there' : `there, with ${snapshots} snapshots` }
}

function commandsOf(copy: KeptCopy, { mirror, sites }: ServiceContext): CheckedCopy['commands'] {
  const kept = specText(keptSpec(copy))
  const live = specText({ pool: copy.pool, namespace: copy.namespace, name: copy.name })
  const at = (site: string, ...argv: string[]) => mirror(site).shown(argv).map(shellWord).join(' ')
  const { site, from } = copy
  const compare = sites.includes(from)
    ? [
        {
          title: 'Compare',
          site: `${site} and ${from}`,
          line: `cmp <(${at(site, 'rbd', 'export', kept, '-')}) <(${at(from, 'rbd', 'export', live, '-')})`,
        },
      ]
    : []
  return [
    { title: 'Open, read-only', site, line: at(site, 'rbd', 'map', '--read-only', kept) },
    ...compare,
    { title: 'Copy back under a third name', site, line: at(site, 'rbd', 'cp', kept, `${live}.back`) },
    {
      title: 'Delete, for good',
      site,
      line: `${at(site, 'rbd', 'snap', 'purge', kept)} && ${at(site, 'rbd', 'rm', kept)}`,
    },
  ]
}
