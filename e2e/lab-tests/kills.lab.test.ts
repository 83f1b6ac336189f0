import { beforeAll, expect, test } from 'vitest'
import { killDrill } from './image-kills'
import { lab, needLab } from './lab'
import { never } from './never'

beforeAll(async () => {
  needLab()
  await lab('reset')
  await lab('wait')
})

const seed = Number(process.env.KILL_SEED ?? Math.floor(Math.random() * 1e9))

test(`five kill -9 of the worker: no image is ever primary at both sites, no act is done twice (KILL_SEED=${seed})`, async () => {
  const drill = await killDrill({ seed, kills: 5, perRun: 3, say: console.log })
  console.log(JSON.stringify(drill.roles))
  never('primary at both sites', drill.roles.both)
  never(
    'acts',
    drill.runs.flatMap(({ wrongs }) => wrongs),
  )
  expect(drill.runs.map(({ state }) => state)).toEqual(drill.runs.map(() => 'succeeded'))
  expect(drill.kills).toHaveLength(5)
  expect(drill.roles.looks).toBeGreaterThan(100)
}, 600_000)
