'use client'

import { Button } from '@/components/ui/button'
import { buttonStyle } from '@/components/ui/button-style'
import { Link } from '@/components/ui/link'
import { type ImageAction, imageActions } from '@/lib/views/image-actions'
import type { ImageDetail } from '@/lib/views/image-detail'
import { imageVerbs } from '@/lib/views/image-verbs'
import { useImageNow } from './use-image-now'

/** What may be done, and why the rest may not. The reasons stand there: nobody has to hover over a grey button. */
export function ImageActions({ detail }: { readonly detail: ImageDetail }) {
  const { unknownSince } = useImageNow(detail.image)
  return (
    <section aria-label="Actions" className="flex flex-col gap-4">
      <ActionRow actions={imageActions(detail, unknownSince)} kind="action" />
      <details>
        <summary className="cursor-pointer text-sm text-dim">Single verbs</summary>
        <div className="pt-3">
          <ActionRow actions={imageVerbs(detail, unknownSince)} kind="quiet" />
        </div>
      </details>
    </section>
  )
}

function ActionRow({ actions, kind }: { readonly actions: readonly ImageAction[]; readonly kind: 'action' | 'quiet' }) {
  const refused = actions.filter(({ href }) => href === null)
  return (
    <div>
      <div className="flex flex-wrap gap-2">
        {actions.map(({ title, href, refusal }) =>
          href === null ? (
            <Button key={title} size="small" refusal={refusal}>
              {title}
            </Button>
          ) : (
            <Link key={title} href={href} className={buttonStyle(kind, 'small')}>
              {title}
            </Link>
          ),
        )}
      </div>
      {refused.length > 0 && (
        <dl className="mt-3 flex flex-col gap-1.5 text-sm text-faint">
          {refused.map(({ title, refusal }) => (
            <div key={title}>
              <dt className="inline text-dim">{title}: </dt>
              <dd className="inline">{refusal}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  )
}
