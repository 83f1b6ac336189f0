import { runBundled } from './bundled-script'
import { dev } from './dev'
import { fault } from './fault'
import { start } from './start'
import { testAll } from './test-all'
import { testLab } from './test-lab'
import { ensureBuild } from './web-build'

type Verb = (root: string, argv: readonly string[]) => Promise<number>

const VERBS: Readonly<Record<string, Verb>> = {
  start,
  dev,
  async build(root) {
    return (await ensureBuild(root, console.log)).kind === 'built' ? 0 : 1
  },
  fault,
  test: testAll,
  'test-lab': testLab,
  bench: (root, argv) => runBundled(root, 'bench', argv),
  soak: (root, argv) => runBundled(root, 'soak', argv),
  shots: (root, argv) => runBundled(root, 'shots', argv),
}

/** Called by bootstrap.mjs once Node is new enough and the dependencies are there. Resolves to the exit code. */
export async function run(root: string, [name = 'start', ...argv]: readonly string[]): Promise<number> {
  const verb = VERBS[name]
  if (verb === undefined) {
    console.error(`Unknown command ${name}; known are ${Object.keys(VERBS).join(', ')}.`)
    return 2
  }
  return verb(root, argv)
}
