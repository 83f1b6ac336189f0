/** What a command line says, apart from the verb. */
export interface Parsed {
  readonly program: string
  readonly words: readonly string[]
  readonly options: Readonly<Record<string, string>>
  readonly flags: ReadonlySet<string>
}

/** Options that take a value, by each of their spellings. */
const VALUED: Record<string, string> = {
  '--format': 'format',
  '-f': 'format',
  '--pool': 'pool',
  '-p': 'pool',
  '--image': 'image',
  '--namespace': 'namespace',
  '--site-name': 'site-name',
  '--direction': 'direction',
  '--remote-mon-host': 'remote-mon-host',
  '--remote-key-file': 'remote-key-file',
  '-c': 'conf',
  '--conf': 'conf',
  '--cluster': 'cluster',
  '--id': 'id',
  '-n': 'name',
  '--name': 'name',
  '-m': 'mon-host',
  '-k': 'keyring',
  '--keyring': 'keyring',
  '-K': 'keyfile',
  '--keyfile': 'keyfile',
  '--connect-timeout': 'connect-timeout',
  '--client_mount_timeout': 'client-mount-timeout',
  '--client-mount-timeout': 'client-mount-timeout',
  '--rados_mon_op_timeout': 'mon-op-timeout',
  '--rados-mon-op-timeout': 'mon-op-timeout',
  '--rados_osd_op_timeout': 'osd-op-timeout',
  '--rados-osd-op-timeout': 'osd-op-timeout',
}

const FLAGS: Record<string, string> = {
  '--all': 'all',
  '-a': 'all',
  '--force': 'force',
  '--verbose': 'verbose',
  '--recursive': 'recursive',
  '-R': 'recursive',
  '--long': 'long',
  '-l': 'long',
  '--pretty-format': 'pretty',
  '--no-progress': 'no-progress',
}

/** Splits a command line as `rbd` and `ceph` do. An option that neither knows is kept as a word, and so is refused. */
export function parseArgv(argv: readonly string[]): Parsed {
  const [program = '', ...rest] = argv
  const words: string[] = []
  const options: Record<string, string> = {}
  const flags = new Set<string>()
  for (let i = 0; i < rest.length; i++) {
    const arg = rest[i] as string
    if (arg === '--') continue
    const [head = '', ...tail] = arg.split('=')
    const valued = VALUED[head]
    if (valued !== undefined) {
      options[valued] = tail.length > 0 ? tail.join('=') : (rest[++i] ?? '')
      continue
    }
    const flag = FLAGS[arg]
    if (flag !== undefined) flags.add(flag)
    else words.push(arg)
  }
  return { program, words, options, flags }
}
