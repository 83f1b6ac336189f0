export type Theme = 'dark' | 'light'

export const THEME_COOKIE = 'antipode-theme'

/** Dark is the console's own; only who chose light gets light. */
export const themeOf = (cookie: string | undefined): Theme => (cookie === 'light' ? 'light' : 'dark')
