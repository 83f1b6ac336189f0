import { z } from 'zod'
import type { CloudService } from '@/lib/domain/cloud'
import { jsonOf } from './parse'
import type { Session } from './session'

/** What stands under `key` of one answer; null where the service says that there is no such thing. */
export async function wholeIfThere<S extends z.ZodType>(
  session: Session,
  service: CloudService,
  path: string,
  key: string,
  schema: S,
): Promise<z.output<S> | null> {
  const { asked, answer } = await session.get(service, path, { absent: true })
  if (answer.status === 404) return null
  return jsonOf(asked, answer, (raw) => z.object({ [key]: schema }).parse(raw)[key] as z.output<S>)
}

/** What stands under `key` of one answer. */
export async function whole<S extends z.ZodType>(
  session: Session,
  service: CloudService,
  path: string,
  key: string,
  schema: S,
): Promise<z.output<S>> {
  const { asked, answer } = await session.get(service, path)
  return jsonOf(asked, answer, (raw) => z.object({ [key]: schema }).parse(raw)[key] as z.output<S>)
}
