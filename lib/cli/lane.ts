import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { runCommand } from './bundled-script'

/** Where the commands of a lane run and print. Several lanes run side by side; the commands of one, one after the other. */
export interface Lane {
  readonly root: string
  run(program: string, args: readonly string[], env?: Record<string, string>): Promise<number>
  say(line: string): void
}

/** The lane whose output is seen as it comes. */
export const terminalLane = (root: string): Lane => ({
  root,
  run: (program, args, env) => runCommand(root, program, args, env),
  say: (line) => console.log(line),
})

/** A lane beside that one: what each of its commands prints comes whole when the command has ended. */
export function quietLane(root: string, name: string): Lane {
  const folder = join(root, 'node_modules/.cache')
  const file = join(folder, `antipode-lane-${name}.log`)
  return {
    root,
    async run(program, args, env) {
      mkdirSync(folder, { recursive: true })
      const output = openSync(file, 'w')
      try {
        return await runCommand(root, program, args, env, output)
      } finally {
        closeSync(output)
        process.stdout.write(readFileSync(file))
        rmSync(file)
      }
    },
    say: (line) => console.log(line),
  }
}
