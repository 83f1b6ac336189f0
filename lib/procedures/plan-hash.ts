import { createHash } from 'node:crypto'
import type { Plan } from '@/lib/domain/plan'

/** SHA-256 of the plan as JSON with sorted keys: the same plan has the same hash on every machine. */
export const planHash = (plan: Plan): string => createHash('sha256').update(canonical(plan)).digest('hex')

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`).join(',')}}`
}
