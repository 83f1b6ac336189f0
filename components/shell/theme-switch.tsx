'use client'

import { useSyncExternalStore } from 'react'
import { Icon } from '@/components/ui/icon'
import { THEME_COOKIE, type Theme } from './theme'

const current = (): Theme => (document.documentElement.dataset.theme === 'light' ? 'light' : 'dark')

function subscribe(changed: () => void): () => void {
  const observer = new MutationObserver(changed)
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  return () => observer.disconnect()
}

export function chooseTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme
  // A cookie, not localStorage: the server writes the theme into the page, so nothing flashes.
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API wants a secure context everywhere and newer browsers
  document.cookie = `${THEME_COOKIE}=${theme}; path=/; max-age=31536000; samesite=strict`
}

export function ThemeSwitch() {
  const theme = useSyncExternalStore(subscribe, current, () => 'dark' as Theme)
  const other = theme === 'dark' ? 'light' : 'dark'
  return (
    <button
      type="button"
      onClick={() => chooseTheme(other)}
      className="flex items-center gap-2 self-start rounded-md text-sm text-dim hover:text-ink"
    >
      <Icon name={other === 'light' ? 'sun' : 'moon'} />
      {other === 'light' ? 'Light theme' : 'Dark theme'}
    </button>
  )
}
