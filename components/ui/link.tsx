import NextLink from 'next/link'
import type { ComponentProps } from 'react'

/**
 * A link within the console. Nothing is fetched before it is followed: every page here is made of figures of now, and a
 * screen with forty links would have the server read forty lists that nobody opens, again whenever a figure moves.
 */
export function Link(props: ComponentProps<typeof NextLink>) {
  return <NextLink prefetch={false} {...props} />
}
