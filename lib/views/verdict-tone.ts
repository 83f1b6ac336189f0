import type { Verdict } from '@/lib/domain/verdict-words'

/** The five states that the console draws; `components/ui/state-mark` gives each its shape and colour. */
type StateTone = 'ok' | 'copying' | 'behind' | 'bad' | 'unknown'

const TONES: Record<Verdict, StateTone> = {
  following: 'ok',
  copying: 'copying',
  stopped: 'behind',
  'both-secondary': 'behind',
  'no-copy': 'bad',
  unprotected: 'bad',
  error: 'bad',
  hollow: 'bad',
  'split-brain': 'bad',
  'two-primaries': 'bad',
  unknown: 'unknown',
}

const WORDS: Record<Verdict, string> = {
  following: 'following',
  copying: 'copying',
  stopped: 'stopped',
  'both-secondary': 'no primary',
  'no-copy': 'no copy',
  unprotected: 'unprotected',
  error: 'error',
  hollow: 'hollow copy',
  'split-brain': 'split-brain',
  'two-primaries': 'two primaries',
  unknown: 'unknown',
}

/** `late`: behind its objective. A copy that follows and is late is shown as late, a broken one as broken. */
export function verdictTone(verdict: Verdict, late: 'late' | 'in time'): StateTone {
  return verdict === 'following' && late === 'late' ? 'behind' : TONES[verdict]
}

export function verdictWords(verdict: Verdict, late: 'late' | 'in time'): string {
  return verdict === 'following' && late === 'late' ? 'behind objective' : WORDS[verdict]
}
