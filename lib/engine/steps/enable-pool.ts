import { mirrorArgv } from '@/lib/ports/mirror'
import { blocked, done, type Look, ready, type Step, stepFor, waiting } from '../step'
import { poolsNow } from './pool-look'

/** The pool is mirrored at this site, in its mode. One that is already keeps the name that mirroring has there. */
export const enablePool: Step = stepFor('pool', {
  name: 'enable-pool',
  async observe(subjects, context) {
    const now = await poolsNow(
      subjects.map(({ member }) => member),
      context,
    )
    return subjects.map(({ member: { site, pool, mode, siteName } }): Look => {
      const read = now(site, pool)
      if (read.kind === 'unknown') return waiting(`not known at ${site}: ${read.reason}`)
      if (read.value.mode === mode) return done(`mirrored in ${mode} mode, as ${read.value.siteName}`)
      if (read.value.mode === 'disabled') return ready(site, mirrorArgv.poolEnable(pool, mode, siteName))
      return blocked(`it is mirrored in ${read.value.mode} mode already: take that down first, or choose that mode`)
    })
  },
  preview: ({ site, pool, mode, siteName }) => [{ site, argv: mirrorArgv.poolEnable(pool, mode, siteName) }],
})
