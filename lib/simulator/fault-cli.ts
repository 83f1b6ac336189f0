import { type Fault, FaultSchema, faultKinds } from './faults'

/** What comes after the name of a fault, in order; `name=value` sets any other of its fields. */
const WORDS: Record<string, readonly string[]> = {
  'cut-link': ['a', 'b'],
  'mend-link': ['a', 'b'],
  'pgs-inactive': ['site', 'pool'],
  'pgs-active': ['site', 'pool'],
  'slow-sync': ['pool', 'factor'],
  'split-brain': ['image'],
  estrange: ['image'],
  'flaky-site': ['site', 'periodMs', 'silentMs'],
  'open-client': ['image', 'site', 'entity'],
  'close-client': ['image', 'site', 'entity'],
  'write-rate': ['image', 'site', 'perSec'],
  write: ['image', 'site', 'writes'],
  'hang-next': ['pattern', 'forMs'],
  delay: ['pattern', 'ms'],
  'fail-next': ['pattern', 'exit'],
  clear: ['pattern'],
  'slow-cinder': ['site', 'ms'],
  'lose-compute': ['site', 'host'],
  'restore-compute': ['site', 'host'],
  'busy-image': ['image', 'site'],
  'free-image': ['image', 'site'],
  'make-ghost': ['site', 'name'],
  'make-stack': ['site', 'name'],
}

/** A fault as somebody types it: `lose-site eu-west`, `hang-next "image promote" 5000 site=eu-north`. */
export function faultFromWords([kind = '', ...words]: readonly string[]): Fault {
  if (!faultKinds.includes(kind)) throw new Error(`no fault ${kind}; there are ${faultKinds.join(', ')}`)
  const names = WORDS[kind] ?? ['site']
  const fault: Record<string, unknown> = { kind }
  let place = 0
  for (const word of words) {
    const set = /^([a-zA-Z]+)=(.*)$/.exec(word)
    if (set !== null) fault[set[1] as string] = set[2]
    else fault[names[place++] ?? word] = word
  }
  const checked = FaultSchema.safeParse(fault)
  if (checked.success) return checked.data
  const issue = checked.error.issues[0]
  throw new Error(`${kind} ${names.join(' ')}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`)
}
