import { expect, test } from 'vitest'
import type { RunLedgerRow } from '@/lib/views/run-ledger'
import { ledgerWords } from './run-words'

const change = (effect: 'done' | 'changes' | 'deletes', member: RunLedgerRow['member']): RunLedgerRow => ({
  row: {
    kind: 'change',
    key: 'k',
    name: 'pool volumes at a',
    before: '',
    after: '',
    cost: '',
    sizeBytes: null,
    effect,
  },
  member,
})
const text = (row: RunLedgerRow) => ledgerWords(row, 4).text

test('a row of the ledger says where its member stands, and what was so before is no work of the run', () => {
  expect(text(change('changes', { state: 'failed', stepIdx: 2, reason: '' }))).toBe('failed at step 3')
  expect(text(change('changes', { state: 'done', stepIdx: 4, reason: '' }))).toBe('done')
  expect(text(change('done', { state: 'pending', stepIdx: 0, reason: '' }))).toBe('so before')
  expect(text(change('changes', null))).toBe('not in the plan')
})
