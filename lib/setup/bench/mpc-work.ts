import { createClient } from '@connectrpc/connect'
import { createGrpcTransport } from '@connectrpc/connect-node'
import { KeyService } from '../../mpc/proto/mpc_pb.js'
import type { Issuer } from '../issuer.ts'
import { mpcUser } from '../mpc-user.ts'
import { type Client, concurrency } from './load.ts'

// What users ask of the MPC server. The user's own parties are this process's CPU and not the server's.

export const suites = ['ed25519', 'schnorr-secp256k1'] as const
export type Suite = (typeof suites)[number]

/** The key that is made where nothing else is asked for. */
export const usualKey = { threshold: 2, parties: ['device', 'server', 'recovery'] }

export const signedMessage = new Uint8Array(32).fill(7)

/** How many users make keys and sign at once. */
const signers = 4
/** So many, that the calls of a whole run stay below one user's limit. */
const usersOfEach = 24

type User = Awaited<ReturnType<typeof mpcUser>>

/** Clients that ask the bare server. */
export function bare(url: string): Client[] {
  return Array.from({ length: concurrency }, () => {
    const { list } = createClient(KeyService, createGrpcTransport({ baseUrl: url }))
    return async () => void (await list({}))
  })
}

/** Clients that ask for nothing: a list of keys that is empty, each time for another user. */
export async function empty(url: string, issuer: Issuer): Promise<Client[]> {
  return Promise.all(
    Array.from({ length: concurrency }, async (_, client) => {
      const { list } = createClient(KeyService, createGrpcTransport({ baseUrl: url }))
      const headers = await Promise.all(
        Array.from({ length: usersOfEach }, async (_, user) => ({
          authorization: `Bearer ${await issuer.token({ sub: `usr_${client}_${user}` })}`,
        })),
      )
      let at = 0
      return async () => {
        at = (at + 1) % headers.length
        await list({}, { headers: headers[at] as HeadersInit })
      }
    }),
  )
}

/** Users who make keys and sign with them, each over a connection of its own. */
export function users(url: string, issuer: Issuer, name: string): Promise<User[]> {
  return Promise.all(Array.from({ length: signers }, (_, at) => mpcUser(issuer, url, { sub: `usr_${name}_${at}` })))
}

/** So many sessions that are begun and not finished: most are signatures, one of fifty the generation of a key. */
export async function openSessions(url: string, issuer: Issuer, count: number): Promise<void> {
  const each = 100
  await Promise.all(
    Array.from({ length: count / each }, async (_, at) => {
      const user = await mpcUser(issuer, url, { sub: `usr_open_${at}` })
      const key = await user.makeKey({ suite: 'schnorr-secp256k1' })
      for (let session = 0; session < each; session++) {
        if (session % 50 === 0) await user.beginKey({ suite: 'schnorr-secp256k1' })
        else await user.beginSignature(key, signedMessage)
      }
    }),
  )
}

/** Clients that make a key, all parties of it in their place. */
export function generations(of: User[], suite: Suite): Client[] {
  return of.map(
    ({ makeKey }) =>
      async () =>
        void (await makeKey({ suite })),
  )
}

/** Clients that sign, each with a key of its own. */
export function signatures(of: User[], suite: Suite): Promise<Client[]> {
  return Promise.all(
    of.map(async ({ makeKey, signed }) => {
      const key = await makeKey({ suite })
      return async () => void (await signed(key, signedMessage))
    }),
  )
}
