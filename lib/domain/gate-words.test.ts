import { expect, test } from 'vitest'
import { gateProblem } from './gate-words'

test.each([
  [{ kind: 'port', host: '10.0.0.4', port: 5432 }, null],
  [{ kind: 'port', host: '10.0.0.4', port: 0 }, 'no port'],
  [{ kind: 'port', host: ' ', port: 22 }, 'no host'],
  [{ kind: 'http', url: 'https://db.example/health', status: 204 }, null],
  [{ kind: 'http', url: 'file:///etc/passwd', status: 200 }, 'neither http nor https'],
  [{ kind: 'http', url: 'http://me:secret@db/', status: 200 }, 'a user or a password'],
  [{ kind: 'http', url: 'db', status: 200 }, 'no address'],
  [{ kind: 'http', url: 'http://db/', status: 99 }, 'no status'],
  [{ kind: 'pause', sec: 60 }, null],
  [{ kind: 'pause', sec: 0.5 }, 'whole number'],
  [{ kind: 'human', question: '' }, 'asks nothing'],
] as const)('a gate that could never be looked at is told apart: %o', (gate, problem) => {
  if (problem === null) expect(gateProblem(gate)).toBeNull()
  else expect(gateProblem(gate)).toContain(problem)
})
