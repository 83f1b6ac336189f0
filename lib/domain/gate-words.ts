import type { Gate } from './boot-order'

/** What a gate waits for, as a sentence goes on after "waits until". */
export function gateText(gate: Gate): string {
  switch (gate.kind) {
    case 'port':
      return `port ${gate.port} of ${gate.host} takes connections`
    case 'http':
      return `${gate.url} answers ${gate.status}`
    case 'pause':
      return `${gate.sec} s have passed`
    case 'human':
      return `somebody says yes: ${gate.question}`
  }
}

/** Why a gate could never be looked at; null where it can. What is in a URL stands in the run for everybody to read. */
export function gateProblem(gate: Gate): string | null {
  switch (gate.kind) {
    case 'port':
      if (gate.host.trim() === '') return 'it names no host'
      return isWhole(gate.port, 1, 65_535) ? null : `${gate.port} is no port: it is a whole number up to 65535`
    case 'http':
      if (!isWhole(gate.status, 100, 599)) return `${gate.status} is no status of HTTP`
      return urlProblem(gate.url)
    case 'pause':
      return isWhole(gate.sec, 1, 86_400) ? null : `a pause of ${gate.sec} s: it is a whole number, a day at most`
    case 'human':
      return gate.question.trim() === '' ? 'it asks nothing' : null
  }
}

const isWhole = (value: number, least: number, most: number): boolean =>
  Number.isInteger(value) && value >= least && value <= most

function urlProblem(text: string): string | null {
  if (!URL.canParse(text)) return `${text} is no address`
  const { protocol, username, password } = new URL(text)
  if (protocol !== 'http:' && protocol !== 'https:') return `${text} is neither http nor https`
  return username === '' && password === '' ? null : 'its address has a user or a password in it, which would be shown'
}
