import { done, type Look, type Step, stepFor, waiting } from '../step'

/** Each site that gets copies has an rbd-mirror that lives, and that says nothing is wrong. */
export const seeDaemons: Step = stepFor('sites', {
  name: 'see-daemons',
  observe: (subjects, { plan, mirror }) =>
    Promise.all(
      subjects.map(async ({ member }): Promise<Look> => {
        const asked = (plan.ways ?? []).flatMap(({ seenFrom }) =>
          member.pools.map((pool) => ({ site: seenFrom, pool })),
        )
        const found = await Promise.all(asked.map(({ site, pool }) => mirror(site).daemons(pool)))
        for (const [index, { site, pool }] of asked.entries()) {
          const daemons = found[index] ?? []
          if (daemons.length === 0)
            return waiting(`no rbd-mirror lives at ${site} for ${pool}: start one there, the plan has the commands`)
          const well = daemons.filter(({ health }) => health !== 'ERROR')
          if (well.length === 0)
            return waiting(
              `rbd-mirror at ${site} for ${pool}: ${daemons.flatMap(({ callouts }) => callouts).join('; ') || 'ERROR'}`,
            )
        }
        const named = asked.map(({ site, pool }, index) => `${site} ${pool}: ${found[index]?.[0]?.hostname ?? ''}`)
        return done(`rbd-mirror lives (${named.join(', ')})`)
      }),
    ),
})
