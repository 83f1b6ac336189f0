import { expect, test } from 'vitest'
import { helperClient } from './client'

/** A stand-in for the helper: skips the prelude, then does with each question what its method says. */
const standIn = (each: string) => [
  process.execPath,
  '-e',
  `let first = true
   require('readline').createInterface({ input: process.stdin }).on('line', (line) => {
     if (first) { first = false; return }
     const { id, method, params } = JSON.parse(line)
     const say = (answer) => console.log(JSON.stringify({ id, ...answer }))
     ${each}
   }).on('close', () => process.exit(0))`,
]
const FOUND = `say({ result: { pids: [process.pid] } })`
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const find = (client: ReturnType<typeof helperClient>, attemptId: string, deadlineMs = 10_000) =>
  client.call('process.find', { attemptId }, deadlineMs)

test('questions side by side get their own answers', async () => {
  const client = helperClient(
    'west',
    standIn(
      `setTimeout(() => say({ result: { pids: [Number(params.attemptId)] } }), params.attemptId === '1' ? 200 : 0)`,
    ),
    'x\n',
  )
  const answers = await Promise.all([find(client, '1'), find(client, '2')])
  expect(answers).toEqual([{ pids: [1] }, { pids: [2] }])
  client.close()
})

test('an error keeps its kind and its errno', async () => {
  const client = helperClient(
    'west',
    standIn(`say({ error: { kind: 'missing', message: 'no such pool', errno: 2 } })`),
    'x\n',
  )
  await expect(find(client, '1')).rejects.toMatchObject({
    kind: 'missing',
    message: 'west: no such pool',
    exit: 2,
    asked: 'process.find',
  })
  client.close()
})

test('an answer of another shape is unreadable', async () => {
  const client = helperClient('west', standIn(`say({ result: { pids: 'many' } })`), 'x\n')
  await expect(find(client, '1')).rejects.toMatchObject({ kind: 'unreadable' })
  client.close()
})

test('a question that hangs costs its own deadline; another on the same helper is still answered', async () => {
  const script = `if (params.attemptId === 'slow') setTimeout(() => ${FOUND}, 900); else if (params.attemptId !== 'hang') ${FOUND}`
  const client = helperClient('west', standIn(script), 'x\n')
  const { pids: before } = await find(client, 'quick')
  const slow = find(client, 'slow')
  await expect(find(client, 'hang', 300)).rejects.toMatchObject({ kind: 'unreachable' })
  const { pids: after } = await find(client, 'quick')
  expect(after).not.toEqual(before)
  expect((await slow).pids).toEqual(before)
  await sleep(300)
  expect(() => process.kill(before[0] ?? 0, 0)).toThrow()
  client.close()
})

test('a crash costs the questions that waited, and a restart', async () => {
  const client = helperClient(
    'west',
    standIn(`if (params.attemptId === 'die') { console.error('Segmentation fault'); process.exit(11) } else ${FOUND}`),
    'x\n',
  )
  const { pids: before } = await find(client, 'x')
  await expect(find(client, 'die')).rejects.toMatchObject({
    kind: 'unreachable',
    message: 'west: the helper ended (exit 11): Segmentation fault',
  })
  await expect(find(client, 'x')).rejects.toMatchObject({ kind: 'unreachable' })
  await sleep(700)
  expect((await find(client, 'x')).pids).not.toEqual(before)
  client.close()
})

test('a missing interpreter and a missing binding are unavailable, in one line', async () => {
  const none = helperClient('west', ['/no/such/python3'], 'x\n')
  await expect(find(none, '1')).rejects.toMatchObject({ kind: 'unavailable' })
  const fatal = helperClient(
    'west',
    [process.execPath, '-e', `console.log('{"fatal":"install python3-rbd"}'); process.exit(3)`],
    'x\n',
  )
  await expect(find(fatal, '1')).rejects.toMatchObject({ kind: 'unavailable', message: 'west: install python3-rbd' })
})

test('what is asked after close is refused', async () => {
  const client = helperClient('west', standIn(FOUND), 'x\n')
  await find(client, '1')
  client.close()
  await expect(find(client, '1')).rejects.toMatchObject({ kind: 'unreachable' })
})
