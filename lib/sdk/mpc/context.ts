import { type Client, createClient } from '@connectrpc/connect'
import { KeygenService, KeyService, ReshareService, SignService } from '#lib/mpc/proto/mpc_pb.js'
import { tell } from '../watch.ts'
import type { OnRound } from './round.ts'
import type { AuthServer, MpcSettings } from './settings.ts'
import type { SharePlace, ShareStore } from './share-store.ts'
import { tokenClaims } from './token-claims.ts'
import { watchedTransport } from './watched-transport.ts'

/** What every operation stands on. */
export interface Context {
  keygen: Client<typeof KeygenService>
  sign: Client<typeof SignService>
  reshare: Client<typeof ReshareService>
  key: Client<typeof KeyService>
  shares: ShareStore
  username: string | undefined
  server: AuthServer
  onRound: OnRound
  tries: number
  /** Where the share of a key of this user is. */
  place(keyId: string): SharePlace
}

/** @throws TypeError for a token that is none */
export async function contextOf(settings: MpcSettings, server: AuthServer): Promise<Context> {
  const { token, shares, tries = 3 } = settings
  const onRound: OnRound = (round) => tell(settings.onRound, round)
  const transport =
    settings.transport ?? (await import('./gateway-transport.ts')).gatewayTransport(server.baseUrl, server.fetch)
  const watched = watchedTransport(transport, token, onRound)
  const { tenantId, environment, userId, username } = tokenClaims(token)
  return {
    keygen: createClient(KeygenService, watched),
    sign: createClient(SignService, watched),
    reshare: createClient(ReshareService, watched),
    key: createClient(KeyService, watched),
    shares,
    username,
    server,
    onRound,
    tries,
    place: (keyId) => ({ tenantId, environment, userId, keyId }),
  }
}
