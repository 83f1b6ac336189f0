import { Figure } from '@/components/ui/figure'
import { countText } from '@/lib/views/count-text'
import type { FailoverPreview } from '@/lib/views/recover'

/** As much of a preview as its losses are told by. */
export type LossSeen = Pick<FailoverPreview, 'images' | 'ledger' | 'from' | 'to'>

interface PreviewProps {
  readonly preview: LossSeen
}

/** How many of those that were chosen go along. */
export function ShareFigure({ preview: { images, ledger }, label }: PreviewProps & { readonly label: string }) {
  return (
    <Figure size="large" label={label}>
      {countText(images)} of {countText(images + ledger.setAside.length)}
    </Figure>
  )
}

export function AsideFigure({ preview: { ledger } }: PreviewProps) {
  return (
    <Figure size="large" label="set aside, see below" tone={ledger.setAside.length > 0 ? 'bad' : 'none'}>
      {countText(ledger.setAside.length)}
    </Figure>
  )
}
