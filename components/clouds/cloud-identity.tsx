'use client'

import { Age } from '@/components/live/age'
import type { CloudView } from '@/lib/views/cloud'
import { readAtOf } from '@/lib/views/cloud-pulse'
import { countOf } from '@/lib/views/count-text'

/** Whom the cloud takes us for, what it offers, and when what was read. */
export function CloudIdentityLine({ cloud }: { readonly cloud: CloudView }) {
  const { identity } = cloud
  return (
    <footer className="border-t border-line pt-3 text-sm text-faint">
      {identity === null ? (
        <p className="text-unknown">◌ whom the cloud takes us for was not read yet</p>
      ) : (
        <p>
          As <span className="font-mono">{identity.user}</span>
          {identity.project !== null && <> in {identity.project}</>}
          {identity.region !== null && <>, region {identity.region}</>}, with {rolesText(identity.roles)}.{' '}
          {identity.services
            .map(({ service, microversion }) => (microversion === null ? service : `${service} ${microversion}`))
            .join(' · ')}
        </p>
      )}
      <p>
        {READ.map(([kind, words], index) => (
          <span key={kind}>
            {index > 0 && ' · '}
            <Read cloud={cloud} kind={kind} words={words} />
          </span>
        ))}
      </p>
    </footer>
  )
}

const READ = [
  ['services', 'service'],
  ['volumes', 'volume'],
  ['servers', 'server'],
  ['glance', 'Glance image'],
  ['stacks', 'stack'],
] as const

function Read({
  cloud,
  kind,
  words,
}: {
  readonly cloud: CloudView
  readonly kind: (typeof READ)[number][0]
  readonly words: string
}) {
  const at = readAtOf(cloud, kind)
  const reading = cloud.readings.find((one) => one.kind === kind)
  const things = reading?.things ?? 0
  if (at === null)
    return (
      <span className="text-unknown">
        ◌ {words}s {reading?.error ? `not known: ${reading.error}` : 'not read yet'}
      </span>
    )
  return (
    <>
      {countOf(things, words)} <Age at={at} /> ago
    </>
  )
}

const rolesText = (roles: readonly string[]): string =>
  roles.length === 0 ? 'no role' : `${roles.length === 1 ? 'role' : 'roles'} ${roles.join(', ')}`
