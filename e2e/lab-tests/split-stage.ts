import { lab, rbd, until } from './lab'

const MIB = 1_048_576

/** Whole objects from the start of the image, so that it is known what was written: 4 MiB each. */
export const writeObjects = (site: string, name: string, objects: number) =>
  rbd(
    ...[site, 'bench', '--io-type', 'write', '--io-pattern', 'seq', '--io-threads', '1'],
    ...['--io-size', `${4 * MIB}`, '--io-total', `${objects * 4 * MIB}`, `volumes/${name}`],
  )

const goesThrough = (act: () => Promise<unknown>) =>
  act().then(
    () => true,
    () => false,
  )

/**
 * site-a is destroyed, everything promoted by force at site-b, site-a rebuilt and filled, and these failed back as planned. As
 * it happens by hand nobody thinks of the survivor's rbd-mirror: from its next start on (`restartMirror`) it says
 * split-brain of images in journal mode, of which nothing was written twice (ceph-facts 26).
 */
export async function failBackToRebuilt(names: readonly string[]): Promise<void> {
  await lab('destroy', 'site-a')
  for (const pool of ['images', 'volumes']) await promoteAllByForce('site-b', pool)
  await lab('rebuild', 'site-a', '--no-restart')
  await lab('wait')
  await Promise.all(
    names.map(async (name) => {
      await rbd('site-b', 'mirror', 'image', 'demote', `volumes/${name}`)
      await until(() => goesThrough(() => rbd('site-a', 'mirror', 'image', 'promote', `volumes/${name}`)), 1_000)
    }),
  )
}

async function promoteAllByForce(site: string, pool: string): Promise<void> {
  const { images } = JSON.parse(await rbd(site, 'mirror', 'pool', 'status', pool, '--verbose', '--format', 'json')) as {
    images: readonly { name: string; description: string }[]
  }
  for (const { name, description } of images)
    if (description !== 'local image is primary')
      await rbd(site, 'mirror', 'image', 'promote', '--force', `${pool}/${name}`)
}

/** By KILL: nothing is said and nothing is tidied up. */
export async function restartMirror(site: string): Promise<void> {
  await lab('mirror-stop', site, '--kill')
  await lab('mirror-start', site)
}
