import { headers } from 'next/headers'
import type { z } from 'zod'
import { roleOf } from '@/lib/config/role'
import { type Actor, may, type Permission } from '@/lib/domain/actor'
import { AdapterError } from '@/lib/ports/errors'
import type { CloudContext, ServiceContext } from '@/lib/services/context'
import { ServiceError } from '@/lib/services/errors'
import { audit } from '@/lib/store/audit'
import type { ActionResult } from '@/lib/views/recover'
import { refuseStrangers } from './origin'
import { webContext } from './web-context'

interface Rule<S extends z.ZodType> {
  readonly may: Permission
  readonly input: S
}

/**
 * The one way from the browser to a verb: where it comes from, who asks, may they, is it sane; then the verb, which owns its
 * transaction and its audit row. A refusal for who or whence is audited here. Nothing that a verb throws leaves unnamed.
 */
export function action<S extends z.ZodType, T>(
  rule: Rule<S>,
  verb: (input: z.output<S>, context: CloudContext) => Promise<T>,
): (input: unknown) => Promise<ActionResult<T>> {
  return async (raw) => {
    try {
      const asked = await headers()
      const stranger = refuseStrangers(asked)
      if (stranger !== null) return { ok: false, code: 'forbidden', message: stranger }
      const context = await webContext(actorOf(asked), roleOf())
      if (!may(context.role, rule.may)) {
        await refused(context, rule.may)
        return {
          ok: false,
          code: 'forbidden',
          message: `A ${context.role} may not do this (${rule.may}). Ask an operator.`,
        }
      }
      const parsed = rule.input.safeParse(raw)
      if (!parsed.success) return { ok: false, code: 'invalid', message: issueText(parsed.error) }
      return { ok: true, value: await verb(parsed.data, context) }
    } catch (error) {
      return failure(error)
    }
  }
}

async function refused({ store, clock, actor }: ServiceContext, permission: Permission): Promise<void> {
  await store
    .transaction()
    .execute((tx) =>
      audit(tx, { at: clock.now(), actor, action: permission, subject: 'web', outcome: 'refused', detail: {} }),
    )
}

/** Until people can sign in there is one person: whoever sits at this machine. */
const actorOf = (asked: Headers): Actor => ({
  kind: 'person',
  name: 'local operator',
  address: asked.get('x-forwarded-for') ?? 'loopback',
})

function issueText(error: z.ZodError): string {
  const [first] = error.issues
  return first === undefined ? 'The input makes no sense.' : `${first.path.join('.') || 'input'}: ${first.message}`
}

function failure(error: unknown): { readonly ok: false; readonly code: string; readonly message: string } {
  if (error instanceof ServiceError) return { ok: false, code: error.code, message: error.message }
  if (error instanceof AdapterError) return { ok: false, code: 'unreachable', message: error.told }
  console.error(error)
  return {
    ok: false,
    code: 'failed',
    message: 'Antipode itself failed here; nothing was started. The server log has the reason.',
  }
}
