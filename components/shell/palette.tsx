'use client'

import { useQuery } from '@tanstack/react-query'
import { Command } from 'cmdk'
import { useRouter } from 'next/navigation'
import { Dialog } from 'radix-ui'
import { useDeferredValue, useEffect, useState } from 'react'
import { overlayStyle } from '@/components/ui/dialog'
import { Icon } from '@/components/ui/icon'
import { shellQuery } from '@/lib/queries/shell'
import { isOffered, NAVIGATION } from './navigation'
import { PaletteGroups } from './palette-groups'
import { PaletteImages } from './palette-images'
import { PaletteItem, paletteGroupStyle } from './palette-item'
import { PaletteRuns } from './palette-runs'
import { PaletteServers } from './palette-servers'
import { PaletteStatements } from './palette-statements'
import { usePalette } from './palette-store'
import { chooseTheme } from './theme-switch'

/** ⌘K: any page, site, image or run by a few letters. */
export function Palette() {
  const { open, setOpen } = usePalette()
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey)) return
      event.preventDefault()
      usePalette.getState().setOpen(!usePalette.getState().open)
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Portal>
        <Dialog.Overlay className={overlayStyle} />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed top-[12dvh] left-1/2 z-50 w-[calc(100vw-2rem)] max-w-xl -translate-x-1/2 overflow-hidden rounded-xl border border-line-strong bg-panel shadow-2xl shadow-black/40"
        >
          <Dialog.Title className="sr-only">Find anything</Dialog.Title>
          <PaletteBody onLeave={() => setOpen(false)} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function PaletteBody({ onLeave }: { readonly onLeave: () => void }) {
  const router = useRouter()
  const [text, setText] = useState('')
  const sought = useDeferredValue(text.trim())
  const { data } = useQuery(shellQuery())
  const go = (href: string) => {
    onLeave()
    router.push(href)
  }
  return (
    <Command label="Find anything" loop>
      <div className="flex items-center gap-2.5 border-b border-line px-4">
        <Icon name="search" className="text-faint" />
        <Command.Input
          value={text}
          onValueChange={setText}
          placeholder="Page, site, image, volume, server, run"
          className="h-12 min-w-0 flex-1 bg-transparent text-lg outline-none placeholder:text-faint"
        />
      </div>
      <Command.List className="max-h-[56dvh] overflow-y-auto p-2">
        <Command.Empty className="px-3 py-6 text-dim">
          Nothing is called that. Images are found by name, <code>pool/name</code>, volume, server or id.
        </Command.Empty>
        <Command.Group heading="Pages" className={paletteGroupStyle}>
          {NAVIGATION.flatMap((group) => group.entries.filter((entry) => isOffered(entry, data?.clouds))).map(
            (entry) => (
              <PaletteItem key={entry.href} value={`page ${entry.title}`} onChoose={() => go(entry.href)}>
                {entry.title}
              </PaletteItem>
            ),
          )}
        </Command.Group>
        <Command.Group heading="Sites" className={paletteGroupStyle}>
          {data?.sites.map((site) => (
            <PaletteItem
              key={site.name}
              value={`site ${site.name}`}
              onChoose={() => go(`/sites/${encodeURIComponent(site.name)}`)}
            >
              {site.name}
            </PaletteItem>
          ))}
        </Command.Group>
        <PaletteStatements shell={data} onChoose={go} />
        {sought.length >= 2 && <PaletteImages text={sought} onChoose={go} />}
        {sought.length >= 2 && (data?.clouds.length ?? 0) > 0 && <PaletteServers text={sought} onChoose={go} />}
        {sought.length >= 2 && (data?.clouds.length ?? 0) > 0 && <PaletteGroups text={sought} onChoose={go} />}
        <PaletteRuns onChoose={go} />
        <Command.Group heading="This console" className={paletteGroupStyle}>
          <PaletteItem value="theme light" onChoose={() => chooseTheme('light')}>
            Light theme
          </PaletteItem>
          <PaletteItem value="theme dark" onChoose={() => chooseTheme('dark')}>
            Dark theme
          </PaletteItem>
        </Command.Group>
      </Command.List>
    </Command>
  )
}
