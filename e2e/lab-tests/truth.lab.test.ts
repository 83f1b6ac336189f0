import { afterAll, beforeAll, expect, test } from 'vitest'
import { lab, needLab } from './lab'
import { restoreSites, type TruthRound, truthRound } from './truth-drill'

let round: TruthRound

beforeAll(async () => {
  needLab()
  await lab('reset')
  await lab('wait')
  round = await truthRound(Math.random() * 30_000)
  console.log(JSON.stringify(round, null, 1))
}, 400_000)
afterAll(restoreSites)

test('a site whose daemons were killed is called silent within 15 s, and the other one is read on', () => {
  expect(round.silentAfterSec).toBeLessThanOrEqual(15)
  expect(round.otherSiteOldestSec).toBeLessThanOrEqual(15)
})

test('the claim was never smaller than the real loss, and counts on while the site is silent', () => {
  for (const image of round.images) {
    expect(image.leastMarginSec, image.image).toBeGreaterThanOrEqual(0)
    expect(image.lastClaimSec, image.image).toBeGreaterThanOrEqual(image.lostSec + image.watchedSec)
  }
})

test('for images in the sampled set the claim was not more than 15 s larger than the real loss', () => {
  const sampled = round.images.filter((image) => image.sampled)
  expect(sampled.map(({ mode }) => mode)).toEqual(['journal', 'journal'])
  for (const image of sampled) expect(image.tooLargeBySec, image.image).toBeLessThanOrEqual(15)
})
