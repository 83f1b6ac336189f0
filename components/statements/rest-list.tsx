import { Moment } from '@/components/live/age'
import type { SuspensionView } from '@/lib/views/statements'

type Rest = NonNullable<SuspensionView['progress']>['rest']

/** Those that are not proven: why, and what helps. */
export function RestList({ rest, more }: { readonly rest: Rest; readonly more: number }) {
  if (rest.length === 0) return null
  return (
    <ul aria-label="Not proven" className="flex flex-col divide-y divide-line border-t border-line">
      {rest.map(({ key, name, why, helps, heldUntilAt }) => (
        <li key={key} className="flex flex-col gap-0.5 py-2">
          <p>
            <span className="font-mono text-sm break-all">{name}</span>: {why}
          </p>
          <p className="text-sm text-faint">
            {heldUntilAt === null ? (
              'Nothing is known to be held'
            ) : (
              <>
                Holds everything until <Moment at={heldUntilAt} />
              </>
            )}
            {helps !== '' && `. ${helps}`}
          </p>
        </li>
      ))}
      {more > 0 && <li className="py-2 text-faint">and {more} more</li>}
    </ul>
  )
}
