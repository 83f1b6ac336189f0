import type { z } from 'zod'

type Schema = z.core.$ZodType & {
  readonly shape?: Readonly<Record<string, Schema>>
  readonly element?: Schema
  readonly valueType?: Schema
  readonly def: { readonly innerType?: Schema }
}

/** The keys that the object at `path` may have; none where there is no object. */
export function keysAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): readonly string[] {
  let here: Schema | undefined = bare(schema as Schema)
  for (const part of path) {
    here = bare(here?.shape?.[String(part)] ?? here?.element ?? here?.valueType)
  }
  return Object.keys(here?.shape ?? {})
}

/** Without what `default`, `prefault` and `optional` wrap around it. */
function bare(schema: Schema | undefined): Schema | undefined {
  let here = schema
  while (here?.def.innerType !== undefined) here = here.def.innerType
  return here
}

/** The word that was probably meant, null where none is near. */
export function nearest(word: string, known: readonly string[]): string | null {
  const ranked = known
    .map((candidate) => ({ candidate, far: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.far - b.far)
  const best = ranked[0]
  return best !== undefined && best.far <= Math.max(1, Math.floor(best.candidate.length / 2)) ? best.candidate : null
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (const [j, other] of [...b].entries()) {
      const change = (row[j] ?? 0) + (letter === other ? 0 : 1)
      next.push(Math.min(change, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
