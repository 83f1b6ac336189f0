import { join } from 'node:path'

/** Where the starter put store and configuration. */
export const dataFile = (name: string): string => join(process.env.ANTIPODE_DATA ?? 'data', name)
