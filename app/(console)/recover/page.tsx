import type { Metadata } from 'next'
import { Page } from '@/components/shell/page'
import { buttonStyle } from '@/components/ui/button-style'
import { Card } from '@/components/ui/card'
import { Link } from '@/components/ui/link'

export const metadata: Metadata = { title: 'Recover' }

const PROCEDURES = [
  {
    title: 'Planned failover',
    when: 'Both sites answer: maintenance, or leaving a site in good time. Also the way back.',
    what: 'Each image is demoted, its copy is proven to hold everything, then it is promoted. Nothing is lost, and no step uses force.',
    href: '/recover/failover',
    action: 'Plan a failover',
  },
  {
    title: 'Failover of a lost site',
    when: 'A site is silent and does not come back in time.',
    what: 'Its silence is looked at from two places, you say what fences it, each copy is promoted by force as it is. You see before what may be lost of each image, and what that rests on.',
    href: '/recover/forced',
    action: 'Give up a site',
  },
  {
    title: 'Protect again after a split',
    when: 'The lost site is back and a primary as well, or Ceph says split-brain.',
    what: 'You choose the good copies. What the other site has is kept there under another name, and new copies are made. Nothing is deleted. Once they follow, a planned failover leads back.',
    href: '/recover/reprotect',
    action: 'Choose the good copies',
  },
  {
    title: 'Resync',
    when: 'A copy does not follow, or is called a split-brain, and has nothing that its primary lacks.',
    what: 'It is looked at twice, then deleted and copied again from its primary. Refused for a real split, for what clones hang on, and wherever the peer is not proven primary and whole at that moment.',
    href: '/recover/resync',
    action: 'Copy again',
  },
] as const

const CLOUD = [
  {
    title: 'Failover of a Cinder backend',
    when: 'Both sites answer, and a cloud keeps its volumes there. Also the way back.',
    what: 'Servers are stopped in reverse boot order, every image is demoted and proven, then Cinder is told to fail over, so that its own records end right. Attachments are made anew and servers started in boot order.',
    href: '/recover/cinder',
    action: 'Move a backend',
  },
] as const

const SETTING_UP = [
  {
    title: 'Set up mirroring',
    when: 'Two clusters, or pools and images of them, that do not mirror to each other yet.',
    what: 'Pools, peers by token or by hand, images with their parents, schedules: both sites from one screen. What would fail later is looked at first, and each part is seen at work.',
    href: '/recover/set-up',
    action: 'Set up mirroring',
  },
  {
    title: 'Take mirroring down',
    when: 'A pair of sites, or a part of what was set up, is not to be mirrored any more.',
    what: 'Schedules, images, peers or all of it. One site keeps its images; rbd-mirror deletes the copies at the other, and you see which before.',
    href: '/recover/take-down',
    action: 'Choose what is taken down',
  },
] as const

export default function RecoverPage() {
  return (
    <Page title="Recover">
      <Cards procedures={PROCEDURES} />
      <p className="max-w-3xl text-sm text-faint">
        Each takes images of both modes: picked ones, pools, or the whole site, with their clone families. You see what
        was found, what would be lost and every command before anything is changed. Not yet here: loss of storage, fire
        drill, site evacuation.
      </p>
      <h2 className="text-lg font-semibold">OpenStack</h2>
      <Cards procedures={CLOUD} />
      <h2 className="text-lg font-semibold">Setting up</h2>
      <Cards procedures={SETTING_UP} />
    </Page>
  )
}

interface Entry {
  readonly title: string
  readonly when: string
  readonly what: string
  readonly href: string
  readonly action: string
}

function Cards({ procedures }: { readonly procedures: readonly Entry[] }) {
  return (
    <div className="grid gap-4 lg:grid-cols-2 xl:grid-cols-3">
      {procedures.map(({ title, when, what, href, action }) => (
        <Card key={href} title={title}>
          <div className="flex h-full flex-col gap-3">
            <p className="font-medium">{when}</p>
            <p className="text-dim">{what}</p>
            <p className="mt-auto pt-2">
              <Link href={href} className={buttonStyle('action')}>
                {action}
              </Link>
            </p>
          </div>
        </Card>
      ))}
    </div>
  )
}
