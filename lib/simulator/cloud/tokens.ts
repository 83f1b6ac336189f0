import { textBits } from '../random'

/** Whom a token is for. */
export interface Token {
  readonly user: string
  /** Name of the project; null where it is unscoped or for the whole system. */
  readonly project: string | null
  readonly roles: readonly string[]
  readonly method: 'password' | 'application_credential'
  readonly issuedAt: number
  readonly expiresAt: number
}

const HEAD = 'gAAAAAB'
const LIVES_MS = 4 * 3_600_000

/** As Fernet tokens do it carries all that it says, so none is stored, and it outlives a Keystone that was stopped. */
export function issue(seed: number, token: Omit<Token, 'issuedAt' | 'expiresAt'>, now: number): [string, Token] {
  const whole: Token = { ...token, issuedAt: now, expiresAt: now + LIVES_MS }
  const text = Buffer.from(JSON.stringify(whole)).toString('base64url')
  return [`${HEAD}${text}.${textBits(`${seed} ${text}`).toString(36)}`, whole]
}

/** The token that was issued; null where this Keystone issued none such, or it has expired. */
export function read(seed: number, text: string | undefined, now: number): Token | null {
  if (text === undefined || !text.startsWith(HEAD)) return null
  const [payload = '', mark] = text.slice(HEAD.length).split('.')
  if (mark !== textBits(`${seed} ${payload}`).toString(36)) return null
  const token = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Token
  return token.expiresAt > now ? token : null
}
