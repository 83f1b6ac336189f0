'use client'

import { useNow } from './clock'

const STEP_MS = 5_000

/**
 * The time for a page that is read from afar or once: all figures move together, every five seconds. Ahead of the clock and
 * never behind it, so that no loss is shown smaller than it is.
 */
export const useSteadyNow = (): number => Math.ceil(useNow() / STEP_MS) * STEP_MS
