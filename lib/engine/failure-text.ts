import type { CommandResult } from '@/lib/ports/channel'

/** The one line of a refusal that a person needs: librbd's own sentence, without time stamps and thread ids. */
export function failureText(
  said: { kind: 'ran'; result: CommandResult } | { kind: 'not-run'; reason: string },
): string {
  if (said.kind === 'not-run') return `not started: ${said.reason}`
  const { exit, stderr } = said.result
  const lines = stderr
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
  const told = lines.findLast((line) => line.includes('librbd')) ?? lines.at(-1) ?? ''
  const sentence = told.replace(/^\S+\s+\S+\s+-1\s+/, '').replace(/^librbd::\S+:\s*(0x[0-9a-f]+\s+)?(\w+:\s*)?/, '')
  return `exit ${exit ?? 'by a signal'}${sentence === '' ? '' : `: ${sentence}`}`
}
