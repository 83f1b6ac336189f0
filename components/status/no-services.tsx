import { buttonStyle } from '@/components/ui/button-style'
import { Empty } from '@/components/ui/empty'
import { Link } from '@/components/ui/link'

/** What is missing, and how to get it: for who can, and for who can only ask. */
export function NoServices({ mayEdit }: { readonly mayEdit: boolean }) {
  return (
    <div className="mt-8">
      {mayEdit ? (
        <Empty title="The page speaks of what the operators name">
          <p>
            On the Images page, narrow the list to what belongs to one service, then press “Name for the status page”.
          </p>
          <Link href="/images" className={`${buttonStyle('action', 'small')} mt-3`}>
            To the images
          </Link>
        </Empty>
      ) : (
        <Empty title="The operators have not named any service for this page">
          As soon as they do, it says here where each one is served from and what would be lost.
        </Empty>
      )}
    </div>
  )
}
