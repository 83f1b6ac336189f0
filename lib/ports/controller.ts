import type { ChangeOptions, CommandResult, ProcessHandle } from './channel'
import { CINDER_RECORDS } from './cinder-records-py'

/** What the configuration grants beyond the API; of a cloud without it null stands for the whole. */
export interface ControllerGrant {
  /** cinder-volume's configuration files there; none: where Cinder looks by itself. */
  readonly cinderConf: readonly string[]
  /** argv that starts cinder-volume; null: somebody starts it. */
  readonly startCinderVolume: readonly string[] | null
}

/** Runs one of OpenStack's own tools at a controller: what no API does. */
export interface ControllerActor {
  act(argv: readonly string[], options: ChangeOptions): Promise<CommandResult>
  mayLive(attemptId: string, handle: ProcessHandle | null): Promise<'gone' | 'lives' | 'unknown'>
  shown(argv: readonly string[]): readonly string[]
}

/** The first word of what a controller runs, and of what a person does by hand: shown, and never run from here. */
const CONTROLLER = 'controller'
const BY_HAND = 'by-hand'

interface Records {
  readonly host: string
  readonly target: string
  readonly replicated: number
}

const ofHost = (host: string): string =>
  `host = '${quoted(host)}' OR host LIKE '${quoted(host).replaceAll(/[%_]/g, '\\$&')}#%'`
const quoted = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll("'", "''")
const PLAIN = "replication_status IN ('disabled', 'not-capable')"

/** What is done at a controller, in one place: what is planned, shown, exported and run is the same. */
export const controllerArgv = {
  /** Cinder's own records, by Cinder's own code. Refuses in words, with 1; run again it changes nothing. */
  setRecords: ({ host, target, replicated }: Records, conf: readonly string[]) => [
    ...[CONTROLLER, 'python3', '-c', CINDER_RECORDS, host, target, `${replicated}`],
    ...conf,
  ],
  start: (argv: readonly string[]) => [CONTROLLER, ...argv],
} as const

/** The same for a person, who has a shell at the controller and at its database. */
export const byHandArgv = {
  /** A failover_host that still waits there would be done by cinder-volume as it starts. */
  seeQueue: () => [BY_HAND, 'rabbitmqctl', 'list_queues', 'name', 'messages', 'consumers'],
  setRecords: ({ host, target }: Omit<Records, 'replicated'>) => [
    ...[BY_HAND, 'mysql', 'cinder', '-e'],
    [
      `UPDATE volumes SET replication_status = 'failed-over' WHERE deleted = 0 AND (${ofHost(host)}) AND replication_status = 'enabled';`,
      `UPDATE snapshots SET status = 'error' WHERE deleted = 0 AND volume_id IN (SELECT id FROM volumes WHERE deleted = 0 AND (${ofHost(host)}) AND ${PLAIN});`,
      `UPDATE volumes SET previous_status = status, status = 'error', replication_status = 'not-capable' WHERE deleted = 0 AND (${ofHost(host)}) AND ${PLAIN};`,
      `UPDATE services SET active_backend_id = '${quoted(target)}', replication_status = 'failed-over', disabled = 1, disabled_reason = 'failed-over', frozen = 1 WHERE deleted = 0 AND \`binary\` = 'cinder-volume' AND host = '${quoted(host)}';`,
    ].join(' '),
  ],
  start: () => [BY_HAND, 'systemctl', 'start', 'cinder-volume'],
} as const

export const isControllerArgv = (argv: readonly string[]): boolean => argv[0] === CONTROLLER
export const isByHand = (argv: readonly string[]): boolean => argv[0] === BY_HAND
/** Without the word that says who runs it. */
export const bareArgv = (argv: readonly string[]): readonly string[] => argv.slice(1)
