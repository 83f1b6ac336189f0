import { Link } from '@/components/ui/link'

/** Groups / NAME. */
export function GroupTitle({ children }: { readonly children: string }) {
  return (
    <>
      <Link href="/groups" className="font-normal text-faint hover:text-ink">
        Groups
      </Link>
      <span className="px-2 font-normal text-faint">/</span>
      {children}
    </>
  )
}
