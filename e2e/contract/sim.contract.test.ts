import { expect, test } from 'vitest'
import type { Channel } from '@/lib/ports/channel'
import { helperMethods } from '@/lib/ports/helper-protocol'
import { parseArgv } from '@/lib/simulator/argv'
import { simulatedMethods } from '@/lib/simulator/helper-methods'
import { findVerb, simulatedVerbs } from '@/lib/simulator/verbs'
import { contractSuite } from './contract'
import { coveredVerbs } from './covered'
import { simWorld } from './sim-world'

const told = new Set<string>()
const note = (argv: readonly string[]) => told.add(findVerb(parseArgv(argv))?.verb ?? '')

/** A channel of which every command is noted. */
const noting = (channel: Channel): Channel => ({
  ...channel,
  command: (argv, options) => {
    note(argv)
    return channel.command(argv, options)
  },
  change: (argv, options) => {
    note(argv)
    return channel.change(argv, options)
  },
})

contractSuite('the simulator', async () => {
  const world = await simWorld()
  return { ...world, siteA: noting(world.siteA), siteB: noting(world.siteB) }
})

test('every verb that is said to be covered was run by the suite', () => {
  expect(coveredVerbs.filter((verb) => !told.has(verb))).toEqual([])
})

test('the simulator answers no verb that the suite does not hold to the truth', () => {
  const covered: readonly string[] = coveredVerbs
  expect(simulatedVerbs.filter((verb) => !covered.includes(verb))).toEqual([])
})

test('the simulator answers every method of the helper, and no other', () => {
  expect(Object.keys(simulatedMethods).sort()).toEqual(Object.keys(helperMethods).sort())
})
