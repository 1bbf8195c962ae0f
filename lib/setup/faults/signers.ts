import { randomUUID } from 'node:crypto'
import { setTimeout as elapse } from 'node:timers/promises'
import { ConnectError } from '@connectrpc/connect'
import type { Issuer } from '../issuer.ts'
import { mpcUser } from '../mpc-user.ts'
import type { Journal } from './journal.ts'

const message = new TextEncoder().encode('Pay 12.50 USDC to Globex')

/** What clients heard of the signatures that they asked for. */
export interface Signatures {
  asked: number
  answered: number
}

/**
 * Signs again and again with a key of its own, until it is told to end; whatever a server refuses meanwhile is asked for anew.
 * What is refused must be what cannot be done now, or a session whose server died: its nonces were in memory alone.
 */
export async function signer(
  { issuer, url, journal, ended }: { issuer: Issuer; url: string; journal: Journal; ended: () => boolean },
  claims: Record<string, unknown>,
): Promise<Signatures> {
  const user = await mpcUser(issuer, url, { sub: `usr_${randomUUID()}`, ...claims }, { rejectUnauthorized: false })
  const of: Signatures = { asked: 0, answered: 0 }
  async function done<Result>(ask: () => Promise<Result>): Promise<Result | undefined> {
    try {
      return await ask()
    } catch (error) {
      const { code, rawMessage } = ConnectError.from(error)
      const name = `${codes[code] ?? code} (${rawMessage})`
      if (codes[code]) journal.did(`signature refused as ${name}`)
      else journal.wrong.push(`a signature was answered ${name}`)
      await elapse(50)
      return undefined
    }
  }
  let made: Awaited<ReturnType<typeof user.makeKey>> | undefined
  while (!made && !ended()) made = await done(() => user.makeKey())
  while (made && !ended()) {
    const key = made
    const begun = await done(() => user.beginSignature(key, message))
    if (!begun) continue
    of.asked++
    const finish = { shares: [user.shareOf(begun)] }
    if (!(await done(() => user.sign.finish(finish, user.headers(begun.session))))) continue
    of.answered++
    journal.did('signature')
  }
  return of
}

/** Codes of gRPC that are right while servers die. */
const codes: Record<number, string> = { 5: 'NOT_FOUND', 9: 'FAILED_PRECONDITION', 10: 'ABORTED', 14: 'UNAVAILABLE' }
