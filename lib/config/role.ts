import type { Role } from '@/lib/domain/actor'

/** ANTIPODE_ROLE=viewer makes a console that only shows. A word that is not known is a viewer. */
export const roleOf = (): Role => ((process.env.ANTIPODE_ROLE ?? 'operator') === 'operator' ? 'operator' : 'viewer')
