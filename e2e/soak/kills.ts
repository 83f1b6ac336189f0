import { cinderKillDrill } from '../lab-tests/cinder-kills'
import { killDrill } from '../lab-tests/image-kills'
import type { DrillOptions, KillDrill } from '../lab-tests/kill-drill'
import { lab } from '../lab-tests/lab'
import { table, writeResult } from './result-file'
import { versions } from './versions'

const PER_RUN = 5

interface Soaked {
  readonly drill: (options: DrillOptions) => Promise<KillDrill>
  /** The file of the result, below soak/results. */
  readonly result: string
}

export const IMAGES: Soaked = { drill: killDrill, result: 'kills.json' }
export const BACKEND: Soaked = { drill: cinderKillDrill, result: 'cinder-kills.json' }

/** So many kills of the worker, several a run. True where nothing was found against any run. */
export async function soakKills(count: number, { drill, result }: Soaked): Promise<boolean> {
  const seed = Number(process.env.KILL_SEED ?? Math.floor(Math.random() * 1e9))
  console.log(`${count} kills, KILL_SEED=${seed}`)
  await lab('reset')
  await lab('wait')
  const startedAt = Date.now()
  const { kills, runs, roles } = await drill({ seed, kills: count, perRun: PER_RUN, say: console.log })
  const during = kills.filter((kill) => kill.during.length > 0)
  const verbs = during.flatMap((kill) => [...new Set(kill.during.map((text) => text.split(' ')[1] ?? ''))])
  const summary = {
    kills: kills.length,
    whileAChangeRan: during.length,
    byVerb: Object.fromEntries([...new Set(verbs)].sort().map((v) => [v, verbs.filter((one) => one === v).length])),
    runs: runs.length,
    succeeded: runs.filter(({ state }) => state === 'succeeded').length,
    changes: runs.reduce((sum, { acts }) => sum + acts, 0),
    found: runs.flatMap(({ wrongs }) => wrongs),
    rolesSeen: roles,
    seconds: Math.round((Date.now() - startedAt) / 1000),
  }
  const date = new Date(startedAt).toISOString()
  writeResult(`soak/results/${result}`, { date, seed, versions: versions(), summary, runs, kills })
  const rows = runs.map((r) => [
    r.run,
    `${r.from} → ${r.to}`,
    r.state,
    r.kills,
    r.acts,
    `${r.seconds} s`,
    r.wrongs.length,
  ])
  console.log(`\n${table(['run', 'direction', 'state', 'kills', 'changes', 'took', 'wrong'], rows)}`)
  console.log(
    `${kills.length} kills, ${during.length} while a change ran; ${roles.looks} looks, ${roles.both.length} double primaries`,
  )
  await lab('reset')
  return (
    kills.length >= count && summary.found.length === 0 && roles.both.length === 0 && summary.succeeded === runs.length
  )
}
