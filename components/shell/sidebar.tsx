import { Link } from '@/components/ui/link'
import { Logo } from './logo'
import { NavLinks } from './nav-links'
import { ThemeSwitch } from './theme-switch'

export function Sidebar({ name }: { readonly name: string }) {
  return (
    <aside
      data-noprint
      className="sticky top-0 hidden h-dvh w-52 shrink-0 flex-col border-r border-line px-3 py-4 md:flex"
    >
      <SidebarHead name={name} />
      <div className="mt-5 flex-1 overflow-y-auto">
        <NavLinks />
      </div>
      <SidebarFoot />
    </aside>
  )
}

export function SidebarHead({ name }: { readonly name: string }) {
  return (
    <Link href="/" className="flex items-center gap-2.5 rounded-lg px-2.5 py-1">
      <Logo className="size-6" />
      <span className="min-w-0">
        <span className="block text-lg leading-5 font-semibold">Antipode</span>
        {name !== 'Antipode' && <span className="block truncate text-xs text-faint">{name}</span>}
      </span>
    </Link>
  )
}

export function SidebarFoot() {
  return (
    <div className="flex flex-col gap-3 px-2.5 pt-3">
      <ThemeSwitch />
      <p className="text-xs text-faint">Sign-in comes later: this console listens on this machine alone.</p>
    </div>
  )
}
