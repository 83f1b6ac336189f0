import { expect, test } from 'vitest'
import { helperMethods } from '@/lib/ports/helper-protocol'
import { simulatedMethods } from '@/lib/simulator/helper-methods'
import { simulatedVerbs } from '@/lib/simulator/verbs'
import { contractSuite } from './contract'
import { coveredVerbs } from './covered'
import { simWorld } from './sim-world'

contractSuite('the simulator', simWorld)

test('the simulator answers no verb that the suite does not hold to the truth', () => {
  const covered: readonly string[] = coveredVerbs
  expect(simulatedVerbs.filter((verb) => !covered.includes(verb))).toEqual([])
})

test('the simulator answers every method of the helper, and no other', () => {
  expect(Object.keys(simulatedMethods).sort()).toEqual(Object.keys(helperMethods).sort())
})
