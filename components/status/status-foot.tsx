import { Link } from '@/components/ui/link'
import { plainTime } from '@/lib/views/plain-time'
import type { StatusView } from '@/lib/views/status'

export function StatusFoot({ view, now }: { readonly view: StatusView; readonly now: number }) {
  if (view.services.length === 0) return null
  return (
    <footer className="mt-6 flex flex-col gap-2 text-faint print:mt-[2mm] print:text-[7pt] print:leading-[1.35]">
      <p className="max-w-prose print:max-w-none">
        Every sentence is made from what is measured at the sites, save for notes. <b className="font-medium">Known</b>:
        seen at both sites just now. <b className="font-medium">Estimated</b>: an upper bound.{' '}
        <b className="font-medium">Not known</b>: nobody can say now. Last heard {plainTime(view.now, now)}; this page
        follows by itself.
      </p>
      {view.mayEdit && (
        <p data-noprint>
          Another service: narrow the list on the{' '}
          <Link href="/images" className="text-dim underline underline-offset-4 hover:text-ink">
            Images page
          </Link>{' '}
          and name it for this page.
        </p>
      )}
    </footer>
  )
}
