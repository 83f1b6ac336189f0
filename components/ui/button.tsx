'use client'

import clsx from 'clsx'
import type { ComponentProps, MouseEvent } from 'react'
import { type ButtonKind, type ButtonSize, buttonStyle } from './button-style'
import { Tooltip } from './tooltip'

interface ButtonProps extends Omit<ComponentProps<'button'>, 'disabled'> {
  readonly kind?: ButtonKind
  readonly size?: ButtonSize
  /**
   * Why it cannot be pressed now. A button without a reason is one that can: refusals are explained, so there is no
   * bare `disabled`. It stays in the tab order, so that the reason is read out too.
   */
  readonly refusal?: string | null
}

export function Button({ kind, size, refusal, className, onClick, type = 'button', ...rest }: ButtonProps) {
  const refused = refusal != null && refusal !== ''
  const press = (event: MouseEvent<HTMLButtonElement>) => (refused ? event.preventDefault() : onClick?.(event))
  const button = (
    <button
      {...rest}
      type={type}
      aria-disabled={refused || undefined}
      aria-description={refused ? refusal : undefined}
      className={clsx(buttonStyle(kind, size), className)}
      onClick={press}
    />
  )
  return refused ? <Tooltip text={refusal}>{button}</Tooltip> : button
}
