import { buttonStyle } from '@/components/ui/button-style'
import { Link } from '@/components/ui/link'

export default function NotFound() {
  return (
    <main id="main" className="mx-auto flex min-h-dvh w-full max-w-xl flex-col items-start justify-center gap-4 px-6">
      <h1 className="text-xl font-semibold">There is no such page</h1>
      <p className="text-dim">
        What you followed may have been renamed or deleted. ⌘K on any page finds sites, images and runs.
      </p>
      <Link href="/" className={buttonStyle('action')}>
        To the overview
      </Link>
    </main>
  )
}
