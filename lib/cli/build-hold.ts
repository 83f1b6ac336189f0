import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isGone, ownHandle } from '@/lib/composition/process-life'
import { type Build, buildOf } from './web-build'

/** Says that this process serves from the build, and removes the builds that nobody serves from any more. */
export function holdBuild(root: string, build: Build): () => void {
  const { pid, startTicks } = ownHandle()
  const mark = join(build.processDir, `used-by-${pid}-${startTicks}`)
  writeFileSync(mark, '')
  for (const name of names(join(root, 'dist'))) {
    if (/^[0-9a-f]{12}$/.test(name) && name !== build.stamp) removeUnused(root, buildOf(root, name))
    if (/^cli-[0-9a-f]{12}\.js/.test(name)) removeOld(join(root, 'dist', name))
  }
  return () => rmSync(mark, { force: true })
}

function removeUnused(root: string, old: Build): void {
  const used = names(old.processDir).some((name) => {
    const [, pid, startTicks] = /^used-by-(\d+)-(\d+)$/.exec(name) ?? []
    return pid !== undefined && !isGone({ pid: Number(pid), startTicks: Number(startTicks) })
  })
  // One that was made just now may belong to a starter that has not said so yet.
  if (used || isYoung(old.processDir)) return
  rmSync(join(root, old.webDir), { recursive: true, force: true })
  rmSync(old.processDir, { recursive: true, force: true })
}

/** A command reads its bundle once, at its start. */
function removeOld(file: string): void {
  if (!isYoung(file)) rmSync(file, { force: true })
}

function isYoung(path: string): boolean {
  const madeAt = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()
  return Date.now() - madeAt < 600_000
}

function names(dir: string): readonly string[] {
  try {
    return readdirSync(dir)
  } catch {
    return []
  }
}
