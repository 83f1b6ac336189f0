import { expect, test } from 'vitest'
import { parseStartOptions } from './start-options'

const options = (argv: string[], env: Record<string, string> = {}) => parseStartOptions(argv, env)

test('without anything it is the demo, on port 3000', () => {
  expect(options([])).toEqual({ kind: 'options', options: { config: null, port: 3000, data: null, world: 'demo' } })
})

test('the environment is asked where the command line says nothing', () => {
  const env = { ANTIPODE_CONFIG: 'a.yaml', PORT: '4000', ANTIPODE_DATA: '/var/lib/antipode' }
  expect(options(['--port', '5000'], env)).toEqual({
    kind: 'options',
    options: { config: 'a.yaml', port: 5000, data: '/var/lib/antipode', world: 'demo' },
  })
})

test.each([
  [['--confg', 'a'], 'Unknown option --confg; known are --config FILE, --port N, --data DIR.'],
  [['a.yaml'], 'Unexpected argument a.yaml; known are --config FILE, --port N, --data DIR.'],
  [['--port'], '--port needs a value.'],
  [['--config', '--port', '3'], '--config needs a value.'],
  [['--data='], '--data needs a value.'],
  [['--port', '99999'], '--port is a number from 1 to 65535, not "99999".'],
  [['--port', 'http'], '--port is a number from 1 to 65535, not "http".'],
  [['--host', '0.0.0.0'], '--host is not there yet: until people can sign in, Antipode listens on this machine alone.'],
])('%j is refused in one line', (argv, line) => {
  expect(options(argv)).toEqual({ kind: 'mistake', line })
})

test('a port from the environment is named as that', () => {
  expect(options([], { PORT: 'web' })).toEqual({
    kind: 'mistake',
    line: 'PORT is a number from 1 to 65535, not "web".',
  })
})

test('a world that the simulator does not have is refused', () => {
  expect(options([], { ANTIPODE_WORLD: 'mars' })).toEqual({
    kind: 'mistake',
    line: 'ANTIPODE_WORLD is one of demo, small, huge, bare, bare-one-fsid, not "mars".',
  })
})
