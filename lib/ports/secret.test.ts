import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { Secret } from './secret'

test('a secret shows itself to nobody who prints it', () => {
  const secret = new Secret('hunter2')
  const printed = [
    String(secret),
    `${secret}`,
    JSON.stringify({ stdin: secret }),
    inspect(secret, { showHidden: true, depth: 9 }),
    inspect({ options: { stdin: secret } }, { depth: 9 }),
    new Error('import failed', { cause: secret }).stack,
    Object.values(secret).join(),
  ]
  expect(printed.join()).not.toContain('hunter2')
  expect(String(secret)).toBe('[secret]')
  expect(secret.reveal()).toBe('hunter2')
})
