import { base64urlnopad } from '@scure/base'
import type { AuthenticateBegun, AuthenticateFinish } from '#lib/contract/passkeys.ts'
import { heldShareFromJson, heldShareToJson } from './held-share.ts'
import { MpcError } from './mpc-error.ts'
import { type KeyFor, keysOfPassphrase, keysOfSecret, seal, unseal } from './sealing.ts'
import { indexedDbRecords, type ShareRecords } from './share-records.ts'
import { nameOf, type ShareStore } from './share-store.ts'

/** What the passkey's PRF is evaluated at; each share has a salt of its own besides. */
const input = base64urlnopad.encode(new TextEncoder().encode('mpc.v1 device share'))
const extensions = { prf: { eval: { first: input } } }

interface PrfSettings {
  /** The RP ID of the passkeys; by default the page's own host. */
  rpId?: string
  /** The passkeys to ask for, by credential ID; by default any. */
  credentialIds?: readonly string[]
  /** Asked for where the passkey has no PRF. Without it such a passkey is refused. */
  passphrase?: () => string | Promise<string>
  records?: ShareRecords
}

/** What opens shares: a passkey by its PRF, or a passphrase. */
interface Opener {
  keys: KeyFor
  credentialId?: string
}

/**
 * Shares in this browser's IndexedDB, sealed under what a passkey's PRF gives: HKDF of it, AES-256-GCM, bound to tenant,
 * environment, user and key.
 *
 * It is the output of an assertion, never of a registration, which can differ. What one passkey sealed no other opens; the
 * refusal names the one that does. The opened key is kept in memory, unreadable, as long as the store.
 */
export function prfShares({
  rpId,
  credentialIds,
  passphrase,
  records = indexedDbRecords(),
}: PrfSettings = {}): ShareStore {
  let opener: Opener | undefined

  async function take(credential: AuthenticateFinish['credential']): Promise<void> {
    const results = credential.clientExtensionResults as { prf?: { results?: { first?: string } } } | undefined
    const first = results?.prf?.results?.first
    if (first) {
      opener = {
        keys: await keysOfSecret(new Uint8Array(base64urlnopad.decode(first))),
        credentialId: credential.id,
      }
      return
    }
    if (!passphrase)
      throw new MpcError(
        'prf_missing',
        'This passkey has no PRF, which seals the share of this device. Use a passphrase.',
      )
    opener = { keys: await keysOfPassphrase(await passphrase()) }
  }

  async function opened(signal?: AbortSignal, credentialId?: string): Promise<Opener> {
    if (!opener || (credentialId && opener.credentialId !== credentialId)) {
      const { get } = await import('../passkey-ceremonies.ts')
      const publicKey = {
        challenge: base64urlnopad.encode(crypto.getRandomValues(new Uint8Array(32))),
        rpId: rpId ?? location.hostname,
        userVerification: 'required',
        extensions,
        allowCredentials: (credentialId ? [credentialId] : (credentialIds ?? [])).map((id) => ({
          type: 'public-key',
          id,
        })),
      }
      await take(await get(publicKey as unknown as AuthenticateBegun['publicKey'], signal))
    }
    return opener as Opener
  }

  return {
    get keptHow() {
      return opener && !opener.credentialId
        ? 'In this browser, sealed under a passphrase: the passkey has no PRF.'
        : 'In this browser, sealed by the passkey’s PRF output.'
    },
    assertion: { extensions, take },
    prepare: async (signal) => {
      await opened(signal)
    },
    has: async (place) => (await records.find(nameOf(place))) !== undefined,
    save: async (place, held) => {
      const { keys, credentialId } = await opened()
      const name = nameOf(place)
      const sealed = await seal(keys, name, JSON.stringify(heldShareToJson(held)))
      await records.save(name, { ...sealed, ...(credentialId ? { credentialId } : {}) })
    },
    load: async (place, signal) => {
      const name = nameOf(place)
      const record = await records.find(name)
      if (!record) return undefined
      const { keys } = await opened(signal, record.credentialId)
      const text = await unseal(keys, name, record)
      if (text === undefined) {
        const which = record.credentialId ? `the passkey ${record.credentialId}` : 'the passphrase that sealed it'
        throw new MpcError('share_sealed', `Only ${which} opens the share of this key here.`)
      }
      return heldShareFromJson(JSON.parse(text))
    },
    remove: (place) => records.remove(nameOf(place)),
  }
}
