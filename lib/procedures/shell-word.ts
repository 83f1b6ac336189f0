import { TOKEN_HEADER } from '@/lib/ports/cloud'

/** One argument as a POSIX shell takes it literally; but the operator's token is for the shell to fill in. */
export const shellWord = (word: string): string =>
  word === TOKEN_HEADER ? `"${word}"` : /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
