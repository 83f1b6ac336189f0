import { z } from 'zod'
import type { Gate } from '@/lib/domain/boot-order'
import { gateProblem } from '@/lib/domain/gate-words'
import { type Condition, type GroupSpec, MARKS, type Match } from '@/lib/domain/group'

const word = (what: string) =>
  z.string().trim().min(1, `${what} is missing`).max(200, `${what} has at most 200 letters`)

const condition = z.discriminatedUnion('on', [
  z.strictObject({ on: z.literal('tenant'), is: word('the tenant') }),
  z.strictObject({ on: z.literal('type'), is: word('the volume type') }),
  z.strictObject({ on: z.literal('backend'), is: word('the backend') }),
  z.strictObject({ on: z.literal('volume-metadata'), key: word('the key'), is: word('the value') }),
  z.strictObject({ on: z.literal('server'), is: word('the server') }),
  z.strictObject({ on: z.literal('server-metadata'), key: word('the key'), is: word('the value') }),
]) satisfies z.ZodType<Condition>

const match = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('id'), id: word('the id') }),
  z.strictObject({ by: z.literal('name'), name: word('the name') }),
  z.strictObject({ by: z.literal('metadata'), key: word('the key'), is: word('the value') }),
]) satisfies z.ZodType<Match>

const DAY_SEC = 86_400

const GATE = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('port'),
    host: word('the host').regex(/^\S+$/, 'a host has no spaces'),
    port: z.int('a port is a whole number').min(1, 'a port is 1 to 65535').max(65_535, 'a port is 1 to 65535'),
  }),
  z.strictObject({
    kind: z.literal('http'),
    url: z.url({ protocol: /^https?$/, error: 'an address begins with http:// or https://' }).refine(
      // What is in an address stands in the run for everybody to read.
      (text) => gateProblem({ kind: 'http', url: text, status: 200 }) === null,
      'an address has no user and no password in it: it would be shown',
    ),
    status: z.int().min(100, 'a status of HTTP is 100 to 599').max(599, 'a status of HTTP is 100 to 599'),
  }),
  z.strictObject({
    kind: z.literal('pause'),
    sec: z.int('a pause is whole seconds').min(1, 'a pause is at least 1 s').max(DAY_SEC, 'a pause is at most a day'),
  }),
  z.strictObject({ kind: z.literal('human'), question: word('the question') }),
]) satisfies z.ZodType<Gate>

const ids = z.strictObject({
  volumes: z.array(word('a volume')).max(500, 'at most 500 volumes by hand: more of them are a rule'),
  servers: z.array(word('a server')).max(500, 'at most 500 servers by hand: more of them are a rule'),
})

const seconds = (what: string) =>
  z
    .int(`${what} is whole seconds`)
    .min(1, `${what} is at least 1 s`)
    .max(30 * DAY_SEC, `${what} is at most 30 days`)
    .nullable()

export const GROUP_SPEC = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1, 'a group needs a name')
    .max(60, 'a name has at most 60 letters')
    .regex(/^[^/\\?#%]+$/, 'a name has none of / \\ ? # %: it is part of an address')
    .refine((name) => !['new', '.', '..'].includes(name.toLowerCase()), 'this name is taken by the console itself'),
  cloud: word('the cloud'),
  selection: z.strictObject({
    rules: z
      .array(
        z.strictObject({
          all: z.array(condition).min(1, 'a rule needs a condition: without one it would be everything').max(8),
        }),
      )
      .max(20, 'at most 20 rules'),
    byHand: ids,
    except: ids,
  }),
  rpoSec: seconds('the RPO'),
  rtoSec: seconds('the RTO'),
  priority: z.int('a priority is 1 to 5').min(1, 'a priority is 1 to 5').max(5, 'a priority is 1 to 5'),
  stages: z
    .array(
      z.strictObject({
        match: z.array(match).min(1, 'a stage names servers: by id, name or metadata').max(50),
        gates: z.array(GATE).max(10, 'at most 10 gates a stage'),
      }),
    )
    .max(30, 'at most 30 stages'),
  marks: z.array(z.strictObject({ mark: z.enum(MARKS), match })).max(200, 'at most 200 marks'),
}) satisfies z.ZodType<GroupSpec>

export const CreateGroup = z.strictObject({ requestId: z.uuid(), spec: GROUP_SPEC })
export type CreateGroup = z.output<typeof CreateGroup>

/** `version`: the one that was edited. */
export const ChangeGroup = z.strictObject({ id: z.string().min(1), version: z.int(), spec: GROUP_SPEC })
export type ChangeGroup = z.output<typeof ChangeGroup>

/** `typed`: the group's name, by hand. */
export const DeleteGroup = z.strictObject({ id: z.string().min(1), version: z.int(), typed: z.string() })
export type DeleteGroup = z.output<typeof DeleteGroup>

/** What had joined or left up to `seenAt` (epoch milliseconds): what came later nobody has seen. */
export const AcceptDrift = z.strictObject({ id: z.string().min(1), seenAt: z.number() })
export type AcceptDrift = z.output<typeof AcceptDrift>

export const PREVIEW_ROWS = 20

export const PreviewGroup = z.strictObject({
  /** Null: a group that is not saved yet. */
  id: z.string().min(1).nullable(),
  spec: GROUP_SPEC,
  offset: z.int().min(0),
})
export type PreviewGroup = z.output<typeof PreviewGroup>
