import { fraction } from '@/lib/simulator/random'
import { lab } from '../lab-tests/lab'
import { restoreSites, SAMPLING_PERCENT, type TruthRound, truthRound } from '../lab-tests/truth-drill'
import { table, writeResult } from './result-file'
import { versions } from './versions'

/** A site killed so many times under writers. True where no claim was too small, or too large by more than allowed. */
export async function soakTruth(count: number): Promise<boolean> {
  const seed = Number(process.env.TRUTH_SEED ?? Math.floor(Math.random() * 1e9))
  console.log(`site A killed ${count} times, TRUTH_SEED=${seed}`)
  await lab('reset')
  await lab('wait')
  const startedAt = Date.now()
  const rounds: TruthRound[] = []
  for (let index = 0; index < count; index++) {
    const round = await truthRound(fraction(seed, index) * 45_000)
    rounds.push(round)
    console.log(`\nround ${index + 1}, silent after ${round.silentAfterSec} s\n${roundTable(round)}`)
    // Round by round: an hour's work must not hang on its last minute.
    const result = { date: new Date(startedAt).toISOString(), seed, versions: versions() }
    writeResult('soak/results/truth.json', { ...result, summary: summaryOf(rounds, startedAt), rounds })
    await restoreSites()
  }
  const summary = summaryOf(rounds, startedAt)
  console.log(
    `\n${table(
      ['truth', 'all rounds'],
      Object.entries(summary).map(([name, value]) => [name, value ?? 'none']),
    )}`,
  )
  return summary.tooSmall === 0 && (summary.sampledTooLargeByMostSec ?? 99) <= 15
}

function summaryOf(rounds: readonly TruthRound[], startedAt: number) {
  const images = rounds.flatMap((round) => round.images)
  const of = (mode: string) => images.filter((image) => image.mode === mode)
  const worst = (numbers: readonly number[]) => (numbers.length === 0 ? null : Math.max(...numbers))
  const sampled = images.filter((image) => image.sampled)
  return {
    rounds: rounds.length,
    samplingPercentOfACore: SAMPLING_PERCENT,
    claims: images.length,
    tooSmall: images.filter(({ leastMarginSec }) => leastMarginSec < 0).length,
    leastMarginSec: Math.min(...images.map(({ leastMarginSec }) => leastMarginSec)),
    sampledClaims: sampled.length,
    sampledTooLargeByMostSec: worst(sampled.map(({ tooLargeBySec }) => tooLargeBySec)),
    snapshotTooLargeByMostSec: worst(of('snapshot').map(({ tooLargeBySec }) => tooLargeBySec)),
    journalLostMostSec: worst(of('journal').map(({ lostSec }) => lostSec)),
    snapshotLostMostSec: worst(of('snapshot').map(({ lostSec }) => lostSec)),
    silentAfterMostSec: worst(rounds.map(({ silentAfterSec }) => silentAfterSec ?? Number.POSITIVE_INFINITY)),
    otherSiteOldestSec: worst(rounds.map(({ otherSiteOldestSec }) => otherSiteOldestSec)),
    seconds: Math.round((Date.now() - startedAt) / 1000),
  }
}

const roundTable = ({ images }: TruthRound): string =>
  table(
    ['image', 'sampled', 'claimed', 'lost', 'too large by', 'least margin'],
    images.map((i) => [
      i.image,
      i.sampled ? 'yes' : 'no',
      `${i.claimSec.toFixed(1)} s`,
      `${i.lostSec.toFixed(1)} s`,
      `${i.tooLargeBySec.toFixed(1)} s`,
      `${i.leastMarginSec.toFixed(3)} s`,
    ]),
  )
