import type { LostReason } from '@/lib/domain/summary'

/** Why images would be lost, with the number before it: `4 in split-brain`. */
export const LOST_WORDS: Record<LostReason, string> = {
  'not-mirrored': 'not mirrored',
  'split-brain': 'in split-brain',
  copying: 'still copying',
  hollow: 'with a hollow copy',
  'parent-not-mirrored': 'without a mirrored parent',
  'no-copy': 'without a copy',
  unprotected: 'promoted by force, that nothing follows',
  error: 'with an error at the copy',
  'stale-evidence': 'whose copy cannot be read',
}

/** Where the images of a reason are listed. Those that are not mirrored are in no list: their pools are. */
export function lostHref(site: string, reason: LostReason): string {
  if (reason === 'not-mirrored') return `/sites/${encodeURIComponent(site)}`
  const params: Record<LostReason, Record<string, string>> = {
    'not-mirrored': {},
    'split-brain': { verdict: 'split-brain,two-primaries' },
    copying: { from: site, verdict: 'copying' },
    hollow: { from: site, verdict: 'hollow' },
    'parent-not-mirrored': { from: site, parent: 'not-mirrored' },
    unprotected: { from: site, verdict: 'unprotected' },
    'no-copy': { from: site, verdict: 'no-copy' },
    error: { from: site, verdict: 'error' },
    'stale-evidence': { from: site, verdict: 'unknown' },
  }
  return `/images?${new URLSearchParams(params[reason])}`
}
