import type { Transport } from '@connectrpc/connect'
import type { ApprovalFinished, ApproveBegin, AuthenticateBegun, AuthenticateFinish } from '#lib/contract/passkeys.ts'
import type { OnRound } from './round.ts'
import type { ShareStore } from './share-store.ts'

/** What an operation of MPC needs to know. */
export interface MpcSettings {
  /** The user's token, or an access token for the MPC server. */
  token: string
  /** Where this device keeps its shares. */
  shares: ShareStore
  /** By default the Connect protocol through the auth server's gateway. */
  transport?: Transport
  /** Hears of every message. What it throws is not heard: watching changes nothing. */
  onRound?: OnRound
  /** How often an operation is begun where the server loses what its session needs: 3 by default. */
  tries?: number
}

/** What of the auth server's client an operation uses. */
export interface AuthServer {
  baseUrl: string
  fetch: typeof fetch | undefined
  approve: {
    begin(body: ApproveBegin, extra: { signal?: AbortSignal | undefined }): Promise<AuthenticateBegun>
    finish(body: AuthenticateFinish, extra: { signal?: AbortSignal | undefined }): Promise<ApprovalFinished>
  }
}

/** From an approval's options to a credential, where the page's own browser is not the one to ask. */
export type Approve =
  | 'passkey'
  | ((
      publicKey: AuthenticateBegun['publicKey'],
      signal?: AbortSignal,
    ) => AuthenticateFinish['credential'] | Promise<AuthenticateFinish['credential']>)

export interface Approvable {
  /** How the user approves it: with a passkey in this browser, or as the function says. Absent: no approval is sent. */
  approve?: Approve | undefined
  signal?: AbortSignal | undefined
}
