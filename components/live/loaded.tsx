'use client'

import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { SkeletonLines } from '@/components/ui/skeleton'
import { ReadError } from '@/lib/queries/get-json'

interface LoadedProps<T> {
  readonly query: UseQueryResult<T, Error>
  /** What is being read, `the image list`. */
  readonly what: string
  readonly skeleton?: ReactNode
  readonly children: (data: T) => ReactNode
}

/** Being read, failed, or there. What was there stays while a later read fails, and the failure is said above it. */
export function Loaded<T>({ query, what, skeleton, children }: LoadedProps<T>) {
  if (query.data === undefined) {
    if (query.error === null) return skeleton ?? <SkeletonLines lines={5} label={`Reading ${what}`} />
    return <ReadFailure error={query.error} what={what} onRetry={() => void query.refetch()} />
  }
  return (
    <>
      {query.error !== null && (
        <div className="mb-4">
          <ReadFailure error={query.error} what={what} onRetry={() => void query.refetch()} />
        </div>
      )}
      {children(query.data)}
    </>
  )
}

interface ReadFailureProps {
  readonly error: Error
  readonly what: string
  readonly onRetry: () => void
}

export function ReadFailure({ error, what, onRetry }: ReadFailureProps) {
  const hint = error instanceof ReadError ? error.hint : ''
  return (
    <Notice
      tone="bad"
      title={`${capital(what)} could not be read: ${error.message}`}
      action={
        <Button size="small" onClick={onRetry}>
          Try again
        </Button>
      }
    >
      {hint === '' ? 'What is shown below, if anything, is from before.' : `${capital(hint)}.`}
    </Notice>
  )
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
