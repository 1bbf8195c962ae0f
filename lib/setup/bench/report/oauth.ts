import type { Measured } from '../load.ts'
import { figure, table, times } from './figure.ts'
import { cost } from './requests.ts'

/** Token requests: ours, and those of `oidc-provider` by itself with its memory store. */
export interface Tokens {
  bareCredentials: Measured
  ourCredentials: Measured
  bareRefresh: Measured
  ourRefresh: Measured
}

/** What a token costs, kept on disk and rotated, held against the same library that keeps nothing. */
export function oauthReport(tokens: Tokens): string[] {
  const { bareCredentials, ourCredentials, bareRefresh, ourRefresh } = tokens
  const line = (bare: Measured, ours: Measured) => [
    ours.title,
    figure(ours.perSecond),
    ours.cpu === undefined ? 'n/a' : figure(ours.cpu),
    bare.cpu === undefined ? 'n/a' : figure(bare.cpu),
    times(cost(ours), cost(bare)),
  ]
  return [
    'POST /oauth/token, held against bare oidc-provider with its memory store (same grants, ES256, JWT access tokens):',
    '',
    ...table([
      ['', 'a second', 'CPU ms each', 'bare CPU ms', '× bare'],
      line(bareCredentials, ourCredentials),
      line(bareRefresh, ourRefresh),
    ]),
    '',
    `  A refresh is on disk before it is answered: the old token is used, the new one kept.`,
  ]
}
