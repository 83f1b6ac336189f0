import type { SingleVerb } from '@/lib/domain/single-verb'
import { countOf } from '@/lib/views/count-text'
import type { WizardWords } from './words'

const all = (count: number): string => (count === 1 ? 'The image' : `All ${countOf(count, 'image')}`)

const HOLDS = {
  from: 'Primary at',
  to: 'Copies at',
  missingFrom: 'Choose the site where the images are primary',
  missingTo: 'Choose the site that has the copies',
  whole: (from: string) => `Every image that is primary at ${from} with a copy at the other.`,
  pools: (from: string) => `Every image of some pools that is primary at ${from}.`,
} as const

/** What the wizard says of one verb for some images. */
export const SINGLE_WORDS: Readonly<Record<SingleVerb, WizardWords>> = {
  promote: {
    title: 'Promote',
    heading: (_, to) => `Promote at ${to}`,
    badge: 'of images that are demoted at both sites',
    direction: 'Where they are promoted',
    directionAside: 'a site that is primary now is failed over instead',
    from: 'Demoted at',
    to: 'Promoted at',
    missingFrom: 'Choose the site that stays a copy',
    missingTo: 'Choose the site that becomes primary',
    allCan: (count, _, to) => `${all(count)} can be promoted at ${to}.`,
    someCan: (can, asked, _, to) => `${countOf(can, 'image')} of ${asked} can be promoted at ${to}`,
    typeTitle: 'Type the name of the site that becomes primary',
    action: (count) => `Promote ${countOf(count, 'image')}`,
    approved: (from, to) =>
      `Each image takes writes at ${to} from its promotion on, and ${from} follows it. Nothing is promoted that is not proven to hold everything, and no step uses force.`,
    whole: () => 'Every image that is demoted at both sites.',
    pools: () => 'Every image of some pools that is demoted at both sites.',
  },
  demote: {
    ...HOLDS,
    title: 'Demote',
    heading: (from) => `Demote at ${from}`,
    badge: 'nobody can write until one side is promoted',
    direction: 'Where they are demoted',
    directionAside: 'and where their copies are proven to hold everything',
    allCan: (count, from) => `${all(count)} can be demoted at ${from}.`,
    someCan: (can, asked, from) => `${countOf(can, 'image')} of ${asked} can be demoted at ${from}`,
    typeTitle: 'Type the name of the site that lays down its role',
    action: (count) => `Demote ${countOf(count, 'image')}`,
    approved: (from, to) =>
      `From its demotion at ${from} on nobody can write to an image, at either site, until you promote it at ${from} again or at ${to}. To move images in one go, use the planned failover.`,
  },
  snapshot: {
    ...HOLDS,
    title: 'Mirror snapshot now',
    heading: (from) => `Mirror snapshots now at ${from}`,
    badge: 'beside the schedule',
    direction: 'Which direction',
    directionAside: 'the snapshot is taken at the primary and carried to the copy',
    allCan: (count, from) =>
      `${count === 1 ? 'A mirror snapshot' : `${count} mirror snapshots`} can be taken at ${from}.`,
    someCan: (can, asked, from) => `Of ${asked} images, ${can} can have a mirror snapshot taken at ${from}`,
    typeTitle: 'Take them',
    action: (count) => `Take ${countOf(count, 'snapshot')}`,
    approved: (from, to) =>
      `One mirror snapshot of each image at ${from}. It counts once it is complete at ${to}; the oldest ones go by themselves, as with the schedule.`,
  },
  disable: {
    ...HOLDS,
    title: 'End mirroring',
    heading: (from, to) => `End the mirroring from ${from} to ${to}`,
    badge: 'the copies are deleted',
    direction: 'Which direction',
    directionAside: 'the primary stays, rbd-mirror deletes the copy',
    allCan: (count, from, to) =>
      `The mirroring of ${count === 1 ? 'the image' : `all ${count} images`} from ${from} to ${to} can be ended.`,
    someCan: (can, asked, from, to) => `Of ${asked} images, the mirroring of ${can} from ${from} to ${to} can be ended`,
    typeTitle: 'Type the name of the site whose copies are deleted',
    action: (count) =>
      `Delete ${count === 1 ? 'the copy' : `${count} copies`}, keep the ${count === 1 ? 'image' : 'images'}`,
    approved: (from, to) =>
      `Ceph deletes the copy of each image at ${to} as soon as its mirroring ends at ${from}. It cannot be stopped then, and a later copy is made in full.`,
  },
  flatten: {
    ...HOLDS,
    title: 'Flatten',
    heading: (from) => `Flatten clones at ${from}`,
    badge: 'cannot be taken back',
    direction: 'Which direction',
    directionAside: 'flattened at the primary; the copy follows',
    allCan: (count, from) => `${all(count)} can be flattened at ${from}.`,
    someCan: (can, asked, from) => `${countOf(can, 'image')} of ${asked} can be flattened at ${from}`,
    typeTitle: 'Type the name of the site where it is done',
    action: (count) => `Flatten ${countOf(count, 'clone')}`,
    approved: (from, to) =>
      `What each clone has from its parent is copied into it at ${from}, and at ${to} in its turn: it takes that room at both sites, and from then on the clone stands and moves alone.`,
  },
}
