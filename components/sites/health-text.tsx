import { StateText } from '@/components/ui/state-mark'

const TONES = { HEALTH_OK: 'ok', HEALTH_WARN: 'behind', HEALTH_ERR: 'bad' } as const

interface HealthTextProps {
  readonly status: string | null
  /** Since when the site is not read; null while it is. Nothing stays green on old evidence. */
  readonly staleSince: number | null
}

/** Ceph's health, verbatim. A word that is not known is not well. */
export function HealthText({ status, staleSince }: HealthTextProps) {
  if (status === null) return <StateText tone="unknown">not read yet</StateText>
  if (staleSince !== null) return <StateText tone="unknown">was {status}</StateText>
  return <StateText tone={TONES[status as keyof typeof TONES] ?? 'unknown'}>{status}</StateText>
}
