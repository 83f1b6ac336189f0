import { afterAll, beforeAll, expect, test } from 'vitest'
import { fraction } from '@/lib/simulator/random'
import { lab, needLab } from './lab'
import { never } from './never'
import { restoreSites, type TruthRound, truthRound } from './truth-drill'

let round: TruthRound
const seed = Number(process.env.TRUTH_SEED ?? Math.floor(Math.random() * 1e9))

beforeAll(async () => {
  needLab()
  await lab('reset')
  await lab('wait')
  console.log(`TRUTH_SEED=${seed}`)
  round = await truthRound(fraction(seed, 0) * 30_000)
  console.log(JSON.stringify(round, null, 1))
}, 400_000)
afterAll(restoreSites)

test('a site whose daemons were killed is called silent within 15 s, and the other one is read on', () => {
  expect(round.silentAfterSec).toBeLessThanOrEqual(15)
  expect(round.otherSiteOldestSec).toBeLessThanOrEqual(15)
})

test('the claim was never smaller than the real loss, and counts on while the site is silent', () => {
  const tooSmall = round.images.filter(
    ({ leastMarginSec, lastClaimSec, lostSec, watchedSec }) =>
      !(leastMarginSec >= 0 && lastClaimSec >= lostSec + watchedSec),
  )
  never('a claim smaller than the loss', tooSmall)
  expect(round.images).not.toEqual([])
})

test('for images in the sampled set the claim was not more than 15 s larger than the real loss', () => {
  const sampled = round.images.filter((image) => image.sampled)
  expect(sampled.map(({ mode }) => mode)).toEqual(['journal', 'journal'])
  for (const image of sampled) expect(image.tooLargeBySec, image.image).toBeLessThanOrEqual(15)
})
