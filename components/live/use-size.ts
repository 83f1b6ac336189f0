'use client'

import { useEffect, useRef, useState } from 'react'

/** Width and height of an element in pixels, followed; as assumed until they are measured. */
export function useSize<T extends HTMLElement>(assumed: Size) {
  const ref = useRef<T>(null)
  const [size, setSize] = useState(assumed)
  useEffect(() => {
    const element = ref.current
    if (element === null) return
    const observer = new ResizeObserver(([entry]) => entry !== undefined && setSize(sizeOf(entry.contentRect)))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return { ref, size }
}

interface Size {
  readonly width: number
  readonly height: number
}

const sizeOf = ({ width, height }: DOMRectReadOnly): Size => ({ width: Math.floor(width), height: Math.floor(height) })
