import type { AuthenticateFinish } from '#lib/contract/passkeys.ts'
import type { HeldShare } from './held-share.ts'
import type { ShareRecord } from './share-records.ts'

/** Whose share of which key: another tenant's, environment's or user's is at another place. */
export interface SharePlace {
  tenantId: string
  environment: string
  userId: string
  keyId: string
}

/** What opens a sealed share. */
export type Opener = { by: 'passkey'; credentialId: string } | { by: 'passphrase' }

/** Where a device keeps its share of each key. */
export interface ShareStore {
  /** How it keeps them, in words for people. What it says may change once it knows more. */
  readonly keptHow: string
  /**
   * Makes sure that a share can be saved, before there is one: asks the person for what it takes.
   *
   * @throws MpcError prf_missing
   */
  prepare?(signal?: AbortSignal): Promise<void>
  has(place: SharePlace): Promise<boolean>
  /** For stores that seal: what opens the share that is here; undefined where there is none. */
  opener?(place: SharePlace): Promise<Opener | undefined>
  /** Takes the place of the share that was there. */
  save(place: SharePlace, held: HeldShare): Promise<void>
  /** @throws MpcError share_sealed */
  load(place: SharePlace, signal?: AbortSignal): Promise<HeldShare | undefined>
  remove(place: SharePlace): Promise<void>
  /** For stores that a passkey opens: an assertion that is asked for anyway can open it too. */
  readonly assertion?: {
    /** Extension inputs to ask with, as JSON. */
    readonly extensions: Record<string, unknown>
    /** The answer, before it is sent. */
    take(credential: AuthenticateFinish['credential']): Promise<void>
  }
}

/** What opens a share that is stored so. */
export function openerOf(record: ShareRecord | undefined): Opener | undefined {
  if (!record) return undefined
  const { credentialId } = record
  return credentialId === undefined ? { by: 'passphrase' } : { by: 'passkey', credentialId }
}

/** A place as one text. */
export function nameOf({ tenantId, environment, userId, keyId }: SharePlace): string {
  return JSON.stringify([tenantId, environment, userId, keyId])
}
