import { resolve } from 'node:path'
import { readRuntime } from '@/lib/config/runtime'
import { faultFromWords } from '@/lib/simulator/fault-cli'
import { LinkLost, simulatorLink } from '@/lib/simulator/link'

/** `npm run fault -- lose-site eu-west`: makes something go wrong, or right again, in the demo that runs. */
export async function fault(_: string, words: readonly string[]): Promise<number> {
  const data = resolve(process.env.ANTIPODE_DATA || 'data/demo')
  const link = openLink(data)
  if (link === null) {
    console.error(`No demo has been started in ${data}: npm start, or ANTIPODE_DATA=DIR for another folder.`)
    return 1
  }
  // An idle connection keeps no process alive, and there is nothing else here.
  const waiting = setInterval(() => undefined, 1_000)
  try {
    await link.ask({ kind: 'fault', fault: faultFromWords(words) })
    console.log('Done.')
    return 0
  } catch (error) {
    console.error(error instanceof LinkLost ? `The demo in ${data} does not run.` : (error as Error).message)
    return 1
  } finally {
    clearInterval(waiting)
    link.close()
  }
}

function openLink(data: string) {
  try {
    const { simulatorSocket } = readRuntime(data)
    return simulatorSocket === null ? null : simulatorLink(simulatorSocket)
  } catch {
    return null
  }
}
