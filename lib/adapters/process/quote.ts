const PLAIN = /^[A-Za-z0-9_@%+=:,./-]+$/

/** One argument as a POSIX shell reads it back. */
export const shellQuoted = (text: string): string => (PLAIN.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`)

/**
 * What is spawned for `argv` behind an exec prefix. ssh hands its arguments to the remote user's shell as one line, so
 * they are quoted once for every ssh in the prefix; kubectl, docker, sudo and cephadm pass them on as they are.
 */
export function behind(exec: readonly string[], argv: readonly string[]): string[] {
  const shells = exec.filter((part) => part.split('/').at(-1) === 'ssh').length
  let quoted = [...argv]
  for (let shell = 0; shell < shells; shell++) quoted = quoted.map(shellQuoted)
  return [...exec, ...quoted]
}
