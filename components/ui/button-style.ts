import clsx from 'clsx'

export type ButtonKind = 'action' | 'quiet' | 'ghost' | 'danger'
export type ButtonSize = 'small' | 'medium'

const KINDS: Record<ButtonKind, string> = {
  // White on dark, dark on light: colour is kept for state.
  action: 'bg-action text-action-ink hover:bg-action-hover border-transparent',
  quiet: 'bg-raised text-ink border-line hover:bg-hover hover:border-line-strong',
  ghost: 'bg-transparent text-dim border-transparent hover:bg-hover hover:text-ink',
  // Red is for what destroys, and for nothing else.
  danger: 'bg-danger text-danger-ink border-transparent hover:brightness-110',
}

const SIZES: Record<ButtonSize, string> = {
  small: 'h-7 px-2.5 text-sm',
  medium: 'h-9 px-3.5 text-base',
}

/** For what looks like a button and is a link. */
export const buttonStyle = (kind: ButtonKind = 'quiet', size: ButtonSize = 'medium'): string =>
  clsx(
    'inline-flex shrink-0 items-center justify-center gap-2 rounded-lg border font-medium whitespace-nowrap transition-colors',
    'aria-disabled:cursor-not-allowed aria-disabled:border-line aria-disabled:bg-transparent aria-disabled:text-faint aria-disabled:hover:bg-transparent',
    KINDS[kind],
    SIZES[size],
  )
