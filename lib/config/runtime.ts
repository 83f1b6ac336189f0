import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import type { Config } from './config'

/** What the starter found out and hands to web and worker: the configuration, resolved, and which world it is. */
export interface Runtime extends Config {
  /** True where nobody configured a site and the simulator stands in for them. */
  readonly demo: boolean
  /** The simulator's socket; null outside the demo. */
  readonly simulatorSocket: string | null
}

/** The starter alone writes this file, from what ConfigSchema passed; durations are seconds, so that schema fits no more. */
const RuntimeFile = z.looseObject({
  sites: z.array(z.looseObject({ name: z.string() })).min(1),
  demo: z.boolean(),
  simulatorSocket: z.string().nullable(),
})

// Without these marks Turbopack takes a path that it cannot follow for "any file of the project" and reads them all,
// the lab's disks of 10 GB among them.
/** The folder that holds everything that lasts. One `start` owns it at a time. */
export const dataDir = (): string => resolve(/* turbopackIgnore: true */ process.env.ANTIPODE_DATA || 'data')

export const storeFile = (dir: string): string => join(/* turbopackIgnore: true */ dir, 'antipode.db')

const runtimeFile = (dir: string): string => join(/* turbopackIgnore: true */ dir, 'config.json')

/** Readable by its owner alone: it names keyrings and the way to the sites. */
export function writeRuntime(dir: string, runtime: Runtime): void {
  mkdirSync(dir, { recursive: true })
  const next = `${runtimeFile(dir)}.next`
  writeFileSync(next, `${JSON.stringify(runtime, null, 2)}\n`, { mode: 0o600 })
  renameSync(next, runtimeFile(dir))
}

/** Throws where no starter has written it. */
export function readRuntime(dir: string): Runtime {
  return RuntimeFile.parse(
    JSON.parse(readFileSync(/* turbopackIgnore: true */ runtimeFile(dir), 'utf8')),
  ) as unknown as Runtime
}
