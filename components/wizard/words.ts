import type { ImageProcedure } from '@/lib/domain/plan'
import { countOf } from '@/lib/views/count-text'
import { SINGLE_WORDS } from './words-single'

/** What the wizard says that differs from procedure to procedure. */
export interface WizardWords {
  readonly title: string
  readonly heading: (from: string, to: string) => string
  readonly badge: string
  readonly direction: string
  readonly directionAside: string
  readonly from: string
  readonly to: string
  readonly missingFrom: string
  readonly missingTo: string
  readonly allCan: (count: number, from: string, to: string) => string
  readonly someCan: (can: number, asked: number, from: string, to: string) => string
  readonly typeTitle: string
  readonly action: (count: number) => string
  readonly approved: (from: string, to: string) => string
  readonly whole: (from: string) => string
  readonly pools: (from: string) => string
}

const images = (count: number): string => (count === 1 ? 'The image' : `All ${countOf(count, 'image')}`)

export const WIZARD_WORDS: Readonly<Record<ImageProcedure, WizardWords>> = {
  ...SINGLE_WORDS,
  'planned-failover': {
    title: 'Planned failover',
    heading: (from, to) => `Fail over ${from} to ${to}`,
    badge: 'planned: both sites must answer',
    direction: 'From where to where',
    directionAside: 'the site that is primary now, and the one that takes over',
    from: 'Primary now',
    to: 'Primary after',
    missingFrom: 'Choose the site that is failed over',
    missingTo: 'Choose the site that takes over',
    allCan: (count, from, to) => `${images(count)} can be failed over from ${from} to ${to}.`,
    someCan: (can, asked, from, to) => `${countOf(can, 'image')} of ${asked} can be failed over from ${from} to ${to}`,
    typeTitle: 'Type the name of the site that is failed over',
    action: (count) => `Fail over ${countOf(count, 'image')}`,
    approved: (from, to) =>
      `Nobody can write to an image from its demotion at ${from} until its promotion at ${to}: for as long as the last writes take to arrive and to be proven. No step uses force.`,
    whole: (from) => `Every image that is primary at ${from} with a copy at the other.`,
    pools: (from) => `Every image of some pools that is primary at ${from}.`,
  },
  'forced-failover': {
    title: 'Failover of a lost site',
    heading: (from, to) => `${from} is lost: ${to} takes over`,
    badge: 'by force: what the copies do not hold is lost',
    direction: 'Which site is lost, and which takes over',
    directionAside: 'a site that still answers is failed over as planned, and nothing is lost',
    from: 'Lost site',
    to: 'Takes over',
    missingFrom: 'Choose the site that is lost',
    missingTo: 'Choose the site that takes over',
    allCan: (count, from, to) => `${images(count)} of ${from} can be promoted by force at ${to}.`,
    someCan: (can, asked, _, to) => `${countOf(can, 'image')} of ${asked} can be promoted by force at ${to}`,
    typeTitle: 'Type the name of the site that is given up',
    action: (count) => `Promote ${countOf(count, 'image')} by force`,
    approved: (from, to) =>
      `Each copy at ${to} becomes a primary as it is. If ${from} comes back, it is a primary as well, with writes that ${to} never got: keep it fenced until the images are protected again.`,
    whole: (from) => `Every image that was primary at ${from} when it was last heard.`,
    pools: (from) => `Every image of some pools that was primary at ${from}.`,
  },
  reprotect: {
    title: 'Protect again after a split',
    heading: (from, to) => `Keep ${from}, make new copies at ${to}`,
    badge: 'nothing is deleted',
    direction: 'Which copies are the good ones',
    directionAside: 'two primaries, or a split-brain: you choose, Antipode never does',
    from: 'The good copies are at',
    to: 'Kept aside and made anew at',
    missingFrom: 'Choose the site whose copies are the good ones',
    missingTo: 'Choose the site that gets new copies',
    allCan: (count, from, to) => `${images(count)} of ${from} can be protected again at ${to}.`,
    someCan: (can, asked, _, to) => `${countOf(can, 'image')} of ${asked} can be protected again at ${to}`,
    typeTitle: 'Type the name of the site whose copies are put aside',
    action: (count) => `Put ${countOf(count, 'image')} aside and copy anew`,
    approved: (from, to) =>
      `What ${to} has of these images gets another name there and stays, with all its data, until you remove it. rbd-mirror copies each image of ${from} to ${to} in full; until that has ended they are not protected.`,
    whole: () => 'Every image that is primary at both sites, or in split-brain.',
    pools: () => 'Every image of some pools that is primary at both sites, or in split-brain.',
  },
  resync: {
    title: 'Resync',
    heading: (from, to) => `Copy ${to} again from ${from}`,
    badge: 'deletes a copy, where its primary holds all of it',
    direction: 'Which copies are deleted and made anew',
    directionAside: 'a resync deletes first: it is refused where the copy has anything that its primary lacks',
    from: 'Primary at',
    to: 'Deleted and copied again at',
    missingFrom: 'Choose the site of the primaries',
    missingTo: 'Choose the site whose copies are made anew',
    allCan: (count, from, to) => `${images(count)} at ${to} can be copied again from ${from}.`,
    someCan: (can, asked, from, to) => `${countOf(can, 'image')} of ${asked} at ${to} can be copied again from ${from}`,
    typeTitle: 'Type the name of the site whose copies are deleted',
    action: (count) => `Delete ${count === 1 ? '1 copy' : `${count} copies`} and copy again`,
    approved: (from, to) =>
      `rbd-mirror deletes each of these copies at ${to} and copies it from ${from} in full. Until that has ended they are not protected. Right before each, both sites are asked again: unless ${from} answers as its whole primary that holds all of it, it is left alone.`,
    whole: (from) => `Every image that is primary at ${from} and in split-brain or hollow at the other site.`,
    pools: (from) =>
      `Every image of some pools that is primary at ${from} and in split-brain or hollow at the other site.`,
  },
}
