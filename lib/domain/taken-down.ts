import type { StepName } from './plan'
import type { TakeDownPart } from './set-up'
import type { SiteName } from './words'

/** What a take-down ends. `images`: copies are deleted. `pools`: pools and peers in which no image is mirrored any more. */
export type TakenDown = 'images' | 'pools' | 'peers' | 'schedules'

/** By the steps of its plan: what they say is what happens, whatever was asked for. */
export function takenDownBy(steps: readonly { readonly name: StepName | string }[]): TakenDown {
  const has = (step: StepName) => steps.some(({ name }) => name === step)
  if (has('disable-mirroring')) return 'images'
  if (has('disable-pool')) return 'pools'
  return has('remove-peers') ? 'peers' : 'schedules'
}

/** By what somebody chose, before anything was looked at. */
export const takenDownOf = (part: TakeDownPart): TakenDown => (part === 'all' ? 'images' : part)

interface TakenDownWords {
  /** Of the run and of its wizard. */
  readonly title: (from: SiteName, to: SiteName) => string
  /** Short, beside the title. */
  readonly badge: string
  /** What happens, and what does not. */
  readonly happens: (from: SiteName, to: SiteName) => string
  /** What to know before anything of it is run. */
  readonly warning: string
  /** When all of it is through. */
  readonly done: string
  /** On the button that starts it. */
  readonly start: string
}

export const TAKEN_DOWN: Readonly<Record<TakenDown, TakenDownWords>> = {
  images: {
    title: (from, to) => `Take down mirroring from ${from} to ${to}`,
    badge: 'copies are deleted',
    happens: (from, to) => `Mirroring is taken down: ${from} keeps its images, the copies at ${to} are deleted`,
    warning: 'Once the mirroring of an image has ended, rbd-mirror deletes its copy at the other site.',
    done: 'Done: what was chosen is mirrored no more',
    start: 'Take mirroring down',
  },
  pools: {
    title: (from, to) => `Take down mirroring from ${from} to ${to}`,
    badge: 'no image is deleted',
    happens: (from, to) =>
      `Mirroring of the pools ends at ${from} and ${to}: no image of them is mirrored, and none is deleted`,
    warning: 'Nothing can be mirrored in these pools until they are set up again.',
    done: 'Done: the pools are mirrored no more; no image was deleted',
    start: 'Take mirroring down',
  },
  peers: {
    title: (from, to) => `Remove the peers between ${from} and ${to}`,
    badge: 'nothing is deleted',
    happens: (from, to) =>
      `${from} and ${to} forget each other: the images stay mirrored, nothing follows them, and nothing is deleted`,
    warning: 'Copies age from then on, and journals grow, since nobody reads them.',
    done: 'Done: the sites know each other no more; the images stay mirrored, and nothing follows them',
    start: 'Remove the peers',
  },
  schedules: {
    title: (from, to) => `Remove the snapshot schedules of ${from} and ${to}`,
    badge: 'nothing is deleted',
    happens: (from, to) =>
      `Snapshot schedules at ${from} and ${to} are removed: the images stay mirrored, and nothing is deleted`,
    warning: 'Copies in snapshot mode age from then on.',
    done: 'Done: the schedules are removed; copies in snapshot mode age from now on',
    start: 'Remove the schedules',
  },
}
