import type { ChangeWords } from '@/components/changes/words'
import { Figure } from '@/components/ui/figure'
import { Names } from '@/components/wizard/name-list'
import { TAKEN_DOWN, takenDownBy } from '@/lib/domain/taken-down'
import { countOf } from '@/lib/views/count-text'
import type { ChangeRowView } from '@/lib/views/set-up'
import { sizeText } from '@/lib/views/size-text'

const bytes = (rows: readonly ChangeRowView[]) => rows.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0)
const deletedOf = (changes: readonly ChangeRowView[]) => changes.filter(({ effect }) => effect === 'deletes')

export const SET_UP_WORDS: ChangeWords = {
  outcome: ({ images, from, to }) =>
    images === 0
      ? `The pools of ${from} and ${to} can be set up.`
      : `${countOf(images, 'image')} of ${from} can be mirrored to ${to}.`,
  headline: ({ to }) => (
    <>
      <strong className="font-semibold">Nothing is deleted at either site.</strong> Each image is copied to {to} in full
      once; until its copy is whole and follows, it is not protected.
    </>
  ),
  figure: ({ changes, to }) => (
    <Figure size="large" label={`at most to copy to ${to}`}>
      {sizeText(bytes(changes.filter(({ effect, sizeBytes }) => effect === 'changes' && sizeBytes !== null)))}
    </Figure>
  ),
  start: () => ({ label: 'Set up mirroring', kind: 'action' }),
  typeTitle: () => 'Type the name of the site that gets the copies',
  facts: ({ from, to, images }) => [
    { label: 'The images are at', text: from },
    { label: 'Gets copies', text: to },
    { label: 'Images', text: countOf(images, 'image') },
  ],
  caution: ({ to }) =>
    `Each part is looked at first: what is so already is left. Nothing is protected before its copy at ${to} is whole.`,
}

export const TAKE_DOWN_WORDS: ChangeWords = {
  outcome: ({ images, from, to, steps }) =>
    images === 0
      ? `Nothing is in the way of this: ${TAKEN_DOWN[takenDownBy(steps)].happens(from, to)}.`
      : `The mirroring of ${countOf(images, 'image')} of ${from} can be taken down.`,
  headline: ({ changes, from, to, steps }) => {
    const deleted = deletedOf(changes)
    const words = TAKEN_DOWN[takenDownBy(steps)]
    return deleted.length > 0 ? (
      <>
        <strong className="font-semibold">
          rbd-mirror deletes {countOf(deleted.length, 'copy').replace('copys', 'copies')} at {to}.
        </strong>{' '}
        What {from} has of them stays, with all its data, and is there alone from then on.
      </>
    ) : (
      <>
        <strong className="font-semibold">No image is deleted.</strong> {words.happens(from, to)}. {words.warning}
      </>
    )
  },
  figure: ({ changes, to }) => {
    const deleted = deletedOf(changes)
    return (
      <Figure size="large" label={`deleted at ${to}, as provisioned`} tone={deleted.length > 0 ? 'bad' : 'none'}>
        {sizeText(bytes(deleted))}
      </Figure>
    )
  },
  start: ({ steps }) => ({ label: TAKEN_DOWN[takenDownBy(steps)].start, kind: 'danger' }),
  typeTitle: ({ steps, typedSite }) =>
    takenDownBy(steps) === 'images'
      ? 'Type the name of the site that loses its copies'
      : `Type the name of the site ${typedSite}`,
  facts: ({ from, to, images, steps }) =>
    takenDownBy(steps) === 'images'
      ? [
          { label: 'Keeps its images', text: from },
          { label: 'Loses its copies', text: to },
          { label: 'Images', text: countOf(images, 'image') },
        ]
      : [
          { label: 'At', text: `${from} and ${to}` },
          { label: 'Images and copies', text: 'all stay' },
        ],
  caution: ({ changes, from, to, steps }) => {
    const deleted = deletedOf(changes).map(({ name }) => name)
    const words = TAKEN_DOWN[takenDownBy(steps)]
    if (deleted.length === 0) return `${words.happens(from, to)}. ${words.warning}`
    return (
      <>
        rbd-mirror at {to} deletes its copies as soon as their mirroring has ended. That cannot be taken back: to have
        them again, each is copied in full.
        <span className="mt-3 block">
          <Names title={`The copies that are deleted at ${to}: ${deleted.length}`} names={deleted} />
        </span>
      </>
    )
  },
}
