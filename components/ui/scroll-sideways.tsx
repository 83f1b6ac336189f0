'use client'

import clsx from 'clsx'
import { type ReactNode, useCallback, useState } from 'react'

interface ScrollSidewaysProps {
  readonly label: string
  readonly className: string
  readonly children: ReactNode
}

/** Scrolls sideways where it has no room. Then, and only then, the keyboard reaches it: a stop for nothing is in the way. */
export function ScrollSideways({ label, className, children }: ScrollSidewaysProps) {
  const [overflows, setOverflows] = useState(false)
  const watch = useCallback((box: HTMLElement | null) => {
    if (box === null) return
    const observer = new ResizeObserver(() => setOverflows(box.scrollWidth > box.clientWidth))
    observer.observe(box)
    for (const child of box.children) observer.observe(child)
    return () => observer.disconnect()
  }, [])
  return (
    <div
      ref={watch}
      className={clsx('overflow-x-auto', className)}
      {...(overflows && { role: 'region', 'aria-label': `${label}, scrolls sideways`, tabIndex: 0 })}
    >
      {children}
    </div>
  )
}
