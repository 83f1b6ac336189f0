import type { ChangeWords } from '@/components/changes/words'
import { Figure } from '@/components/ui/figure'
import { countOf, countText } from '@/lib/views/count-text'
import type { SetUpPreview } from '@/lib/views/set-up'

const of = ({ changes }: SetUpPreview, kind: 'server' | 'volume') =>
  changes.filter(({ key }) => key.startsWith(`${kind}:`))
const spoiled = (preview: SetUpPreview) => of(preview, 'volume').filter(({ after }) => after === 'error')
const stopped = (preview: SetUpPreview) => of(preview, 'server').filter(({ before }) => before === 'runs')

const BACK_LATER = (from: string, to: string) =>
  `When ${from} is back, its volumes are primary there too: protect them again from ${to}, then move the backend back.`

export const CINDER_WORDS: ChangeWords = {
  outcome: (preview) =>
    `${countOf(of(preview, 'volume').length, 'volume')} and ${countOf(of(preview, 'server').length, 'server')} can go from ${preview.from} to ${preview.to}.`,
  headline: (preview) =>
    preview.procedure === 'cinder-forced' ? (
      <>
        <strong className="font-semibold">What the copies do not hold is lost,</strong> and no volume is protected
        afterwards. What may be lost of each stands below.
      </>
    ) : (
      <>
        <strong className="font-semibold">No data is lost:</strong> each volume is proven at {preview.to} before Cinder
        is told to fail over. {countOf(stopped(preview).length, 'server')}{' '}
        {stopped(preview).length === 1 ? 'is' : 'are'} down meanwhile
        {spoiled(preview).length > 0 &&
          `, and ${countOf(spoiled(preview).length, 'volume')} without replication cannot be used until the failback`}
        .
      </>
    ),
  figure: (preview) => (
    <>
      <Figure size="large" label="servers stopped and started">
        {countText(stopped(preview).length)}
      </Figure>
      <Figure size="large" label="volumes put in error" tone={spoiled(preview).length > 0 ? 'behind' : 'none'}>
        {countText(spoiled(preview).length)}
      </Figure>
    </>
  ),
  start: ({ from, to }) => ({ label: `Move the backend from ${from} to ${to}`, kind: 'danger' }),
  typeTitle: ({ typedSite }) => `Type the name of the site that it leaves: ${typedSite}`,
  facts: (preview) => [
    { label: 'It leaves', text: preview.from },
    { label: 'It goes to', text: preview.to },
    { label: 'Volumes', text: countOf(of(preview, 'volume').length, 'volume') },
    { label: 'Servers', text: countOf(of(preview, 'server').length, 'server') },
  ],
  caution: ({ procedure, from, to, steps }) =>
    steps.some(({ name }) => name === 'set-records')
      ? `Each copy is promoted by force from here, one after the other; Cinder's records are set only once all are primary. Nobody may start cinder-volume before. ${BACK_LATER(from, to)}`
      : procedure === 'cinder-forced'
        ? `Cinder promotes by force as soon as it is told: it tries ${from} first, which takes some half a minute. ${BACK_LATER(from, to)}`
        : `Up to the step in which Cinder is told to fail over, a stop takes everything back: images are promoted again at ${from}, servers started, the backend thawed. From then on it goes forward: the way back from ${to} is another run.`,
}
