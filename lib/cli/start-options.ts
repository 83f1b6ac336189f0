import { parseArgs } from 'node:util'
import { WORLDS, type WorldName } from '@/lib/simulator/worlds'

export interface StartOptions {
  /** The configuration as the operator called it; null is the demo. */
  readonly config: string | null
  readonly port: number
  /** Null where nobody named one. */
  readonly data: string | null
  /** What the simulator shows in the demo; tests and measurements ask for another. */
  readonly world: WorldName
}

export type ParsedOptions =
  | { readonly kind: 'options'; readonly options: StartOptions }
  | { readonly kind: 'help' }
  | { readonly kind: 'mistake'; readonly line: string }

export const START_HELP = `npm start                      a demo world of three simulated sites
npm start -- --config FILE     the sites that FILE names       (or ANTIPODE_CONFIG)
             --port N          where it listens, 3000          (or PORT)
             --data DIR        what lasts, ./data              (or ANTIPODE_DATA)`

type Environment = Readonly<Record<string, string | undefined>>

/** What was asked for: the command line first, then the environment. */
export function parseStartOptions(argv: readonly string[], env: Environment): ParsedOptions {
  let values: { config?: string; port?: string; data?: string; help?: boolean }
  try {
    values = parseArgs({
      args: [...argv],
      options: {
        config: { type: 'string' },
        port: { type: 'string' },
        data: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values
  } catch (error) {
    return mistake(argumentProblem(error))
  }
  if (values.help) return { kind: 'help' }
  const empty = (['config', 'port', 'data'] as const).find((name) => values[name] === '')
  if (empty !== undefined) return mistake(`--${empty} needs a value.`)
  const port = values.port ?? (env.PORT || '3000')
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535) {
    return mistake(`${values.port === undefined ? 'PORT' : '--port'} is a number from 1 to 65535, not "${port}".`)
  }
  const worldName = env.ANTIPODE_WORLD || 'demo'
  const world = WORLDS.find((known) => known === worldName)
  if (world === undefined) return mistake(`ANTIPODE_WORLD is one of ${WORLDS.join(', ')}, not "${worldName}".`)
  return {
    kind: 'options',
    options: {
      world,
      config: values.config ?? (env.ANTIPODE_CONFIG || null),
      port: Number(port),
      data: values.data ?? (env.ANTIPODE_DATA || null),
    },
  }
}

const mistake = (line: string): ParsedOptions => ({ kind: 'mistake', line })

function argumentProblem(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  const name = /'([^']+)'/.exec(text)?.[1]?.split(/[ ,=]/)[0] ?? ''
  if (/^--?host(name)?$/.test(name)) {
    return `${name} is not there yet: until people can sign in, Antipode listens on this machine alone.`
  }
  const known = 'known are --config FILE, --port N, --data DIR.'
  if (/Unknown option/.test(text)) return `Unknown option ${name}; ${known}`
  if (/Unexpected argument/.test(text)) return `Unexpected argument ${name}; ${known}`
  return /argument missing|ambiguous/.test(text) ? `${name} needs a value.` : text
}
