import fc from 'fast-check'

/*
 * Every run of the suites plays the same cases, so that a change is judged by what it changed. `npm run soak --
 * properties` plays others. A counterexample comes again with its own seed, as fast-check prints it.
 */
fc.configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? 20_261_121) })
