import { expect, test } from 'vitest'
import { isLoopbackHost } from './loopback'

test.each(['127.0.0.1', '127.0.0.1:3000', 'localhost:80', 'LOCALHOST', '[::1]', '[::1]:3000'])(
  '%s is this machine',
  (host) => expect(isLoopbackHost(host)).toBe(true),
)

test.each([
  null,
  '',
  'evil.example',
  '127.0.0.1.evil.example',
  'localhost.evil:3000',
  '10.0.0.1',
  '::1',
  '127.0.0.1:x',
])('%s is not', (host) => expect(isLoopbackHost(host)).toBe(false))
