import { helperProgram } from './program'

const ALTERNATIVE = '/usr/bin/python3'

/** What is wrong where no Python at the site has the binding. The first line the helper prints, as JSON. */
const MISSING =
  'the Python binding of librbd is missing at the site: install the packages python3-rbd and python3-rados'

// Reads the program from stdin, so that neither a command line's length nor a remote shell's quoting is in the way.
const loader =
  "import sys;exec(compile(sys.stdin.buffer.read(int(sys.stdin.buffer.readline())).decode(),'antipode','exec'))"

// The first python3 in PATH may be one of pyenv's: Debian's bindings are for Debian's Python. Nothing is read from
// stdin before the binding is known to be there, so the second interpreter takes over with everything still unread.
const chooser = [
  'import os,sys',
  'try:',
  ' import rados,rbd',
  'except ImportError:',
  ` other='${ALTERNATIVE}'`,
  " if os.environ.get('ANTIPODE_PYTHON') is None and os.access(other,os.X_OK):",
  "  os.environ['ANTIPODE_PYTHON']=other",
  "  os.execv(other,[other,'-uc',sys.argv[1]]+sys.argv[1:])",
  ` print('{"fatal":"${MISSING}"}')`,
  ' sys.exit(3)',
  'exec(sys.argv[2])',
].join('\n')

/** The command of the helper behind the exec prefix. `python` is the interpreter to try first. */
export const helperArgv = (python: string): readonly string[] => [python, '-uc', chooser, chooser, loader]

export interface HelperOptions {
  readonly conf: string
  readonly user: string
  readonly keyring: string | null
}

/** What is written to the helper's stdin before the first question: the program, then where the cluster is. */
export function helperPrelude(options: HelperOptions): string {
  const program = `${helperProgram}\n`
  const settings = {
    conf: options.conf,
    user: options.user,
    timeoutSec: 5,
    ...(options.keyring && { keyring: options.keyring }),
  }
  return `${Buffer.byteLength(program)}\n${program}${JSON.stringify(settings)}\n`
}
