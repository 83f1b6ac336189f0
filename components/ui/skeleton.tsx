import clsx from 'clsx'

/** A place that is being read. Says so once to a screen reader, by the region around it. */
export function Skeleton({ className }: { readonly className?: string }) {
  return <div aria-hidden className={clsx('animate-breathe rounded-md bg-raised', className ?? 'h-5 w-full')} />
}

export function SkeletonLines({ lines, label }: { readonly lines: number; readonly label: string }) {
  return (
    <div role="status" aria-label={label} className="flex flex-col gap-3">
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines without identity
        <Skeleton key={line} className={line % 3 === 2 ? 'h-4 w-2/3' : 'h-4 w-full'} />
      ))}
    </div>
  )
}
