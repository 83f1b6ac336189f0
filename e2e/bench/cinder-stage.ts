import { cloudArgv } from '@/lib/ports/cloud'
import { judge, unclean } from '../lab-tests/cinder-judge'
import { BACKEND, type CinderLab, cinderLab } from '../lab-tests/cinder-lab'
import { cloudOfLab, madeInCloud } from '../lab-tests/cloud'
import { lab, pause } from '../lab-tests/lab'
import { SITES } from '../lab-tests/lab-world'

export const GHOST = 'ghost'

/** Volumes of one backend, made anew on a lab that was put back, with a console that has seen nothing else. */
export interface Stage {
  readonly world: CinderLab
  readonly names: readonly string[]
  close(): Promise<void>
}

/** Throws where anything is left of what was before. `besides`: volumes without an image that are there on purpose. */
export async function needClean(names: readonly string[], at: string, besides: readonly string[] = []): Promise<void> {
  await lab('wait', '--timeout', '120')
  const found = unclean(await judge(SITES, { without: besides }), at, names, besides)
  if (found.length > 0) throw new Error(`the state is not clean:\n${found.slice(0, 10).join('\n')}`)
}

async function make(count: number, prefix: string): Promise<readonly string[]> {
  await madeInCloud('volumes', `${count}`, '--data', '--prefix', prefix)
  return Array.from({ length: count }, (_, index) => `${prefix}-${index + 1}`)
}

/** Cinder keeps whole seconds, and takes volumes in their order. */
const nextSecond = (): Promise<void> => pause(1_100)

/** `count` volumes; with `ghostAfter` a ghost named `ghost` is made after so many of them. All else is seen to be clean. */
export async function stage(count: number, ghostAfter: number | null = null): Promise<Stage> {
  await lab('reset')
  const older = await make(ghostAfter ?? count, 'older')
  let newer: readonly string[] = []
  if (ghostAfter !== null) {
    await nextSecond()
    await madeInCloud('ghost', '--name', GHOST)
    await nextSecond()
    newer = await make(count - ghostAfter, 'newer')
  }
  const names = [...older, ...newer]
  await needClean(names, BACKEND.cloud, ghostAfter === null ? [] : [GHOST])
  const world = await cinderLab()
  const worker = world.startWorker()
  return {
    world,
    names,
    async close() {
      await worker.stop()
      await world.close()
    },
  }
}

/** What an operator does after Cinder's own failover, which leaves the service disabled: a thaw enables it. */
export async function enable(): Promise<void> {
  await cloudOfLab.act(cloudArgv.freeze(BACKEND.host))
  await cloudOfLab.act(cloudArgv.thaw(BACKEND.host))
}
