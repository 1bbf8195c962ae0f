import { base64urlnopad } from '@scure/base'
import type { AuthenticateBegun, AuthenticateFinish } from '#lib/contract/passkeys.ts'
import { heldShareFromJson, heldShareToJson } from './held-share.ts'
import { MpcError } from './mpc-error.ts'
import { type KeyFor, keysOfPassphrase, keysOfSecret, seal, unseal } from './sealing.ts'
import { indexedDbRecords, type ShareRecords } from './share-records.ts'
import { nameOf, openerOf, type SharePlace, type ShareStore } from './share-store.ts'

/** What the passkey's PRF is evaluated at; each share has a salt of its own besides. */
const input = base64urlnopad.encode(new TextEncoder().encode('mpc.v1 device share'))
const extensions = { prf: { eval: { first: input } } }

type Credential = AuthenticateFinish['credential']

interface PrfSettings {
  /** The RP ID of the passkeys; by default the page's own host. */
  rpId?: string
  /** The passkeys that new shares are sealed for, by credential ID; by default any. */
  credentialIds?: readonly string[]
  /** Asked for where the passkey has no PRF. Without it such a passkey is refused. */
  passphrase?: () => string | Promise<string>
  /** From an assertion's options to the assertion, where the page's own browser is not the one to ask. */
  credential?: (publicKey: AuthenticateBegun['publicKey'], signal?: AbortSignal) => Credential | Promise<Credential>
  records?: ShareRecords
}

interface PrfShares extends ShareStore {
  /**
   * Seals a share anew, for another passkey: from then on that one opens it, and the one before no more.
   *
   * @throws MpcError share_sealed where the share does not open, prf_missing where the other passkey has no PRF
   */
  reseal(place: SharePlace, credentialId: string, signal?: AbortSignal): Promise<void>
}

/** What seals shares: a passkey by its PRF, or a passphrase. */
interface Seal {
  keys: KeyFor
  credentialId?: string
}

/**
 * Shares in this browser's IndexedDB, sealed under what a passkey's PRF gives: HKDF of it, AES-256-GCM, bound to tenant,
 * environment, user and key.
 *
 * It is the output of an assertion, never of a registration, which can differ. What one passkey sealed no other opens; the
 * refusal names the one that does. Opened keys are kept in memory, unreadable, as long as the store.
 */
export function prfShares(settings: PrfSettings = {}): PrfShares {
  const { rpId, credentialIds = [], passphrase, records = indexedDbRecords() } = settings
  const opened = new Map<string, Seal>()
  /** What new shares are sealed under. */
  let latest: Seal | undefined
  let phrase: Promise<Seal> | undefined

  async function take({ id, clientExtensionResults }: Credential): Promise<Seal | undefined> {
    const results = clientExtensionResults as { prf?: { results?: { first?: string } } } | undefined
    const first = results?.prf?.results?.first
    if (!first) return undefined
    latest = { keys: await keysOfSecret(new Uint8Array(base64urlnopad.decode(first))), credentialId: id }
    opened.set(id, latest)
    return latest
  }

  async function asked(ids: readonly string[], signal?: AbortSignal): Promise<Seal | undefined> {
    const publicKey = {
      challenge: base64urlnopad.encode(crypto.getRandomValues(new Uint8Array(32))),
      rpId: rpId ?? location.hostname,
      userVerification: 'required',
      extensions,
      allowCredentials: ids.map((id) => ({ type: 'public-key', id })),
    } as unknown as AuthenticateBegun['publicKey']
    const ask = settings.credential ?? (await import('../passkey-ceremonies.ts')).get
    return take(await ask(publicKey, signal))
  }

  function underPassphrase(): Promise<Seal> {
    if (!passphrase) throw withoutPrf()
    phrase ??= Promise.resolve(passphrase()).then(async (text) => ({ keys: await keysOfPassphrase(text) }))
    return phrase
  }

  async function ready(signal?: AbortSignal): Promise<Seal> {
    latest ??= (await asked(credentialIds, signal)) ?? (await underPassphrase())
    return latest
  }

  /** What opens a share that is there. */
  async function openerFor(credentialId: string | undefined, signal?: AbortSignal): Promise<Seal> {
    if (!credentialId) return underPassphrase()
    const known = opened.get(credentialId)
    if (known) return known
    const answer = await asked([credentialId], signal).catch((cause: unknown) => {
      signal?.throwIfAborted()
      throw sealed(credentialId, cause)
    })
    if (answer?.credentialId !== credentialId) throw sealed(credentialId)
    return answer
  }

  async function save(place: SharePlace, text: string, { keys, credentialId }: Seal): Promise<void> {
    const name = nameOf(place)
    await records.save(name, { ...(await seal(keys, name, text)), ...(credentialId ? { credentialId } : {}) })
  }

  async function open(place: SharePlace, signal?: AbortSignal): Promise<string | undefined> {
    const name = nameOf(place)
    const record = await records.find(name)
    if (!record) return undefined
    const { keys } = await openerFor(record.credentialId, signal)
    const text = await unseal(keys, name, record)
    if (text !== undefined) return text
    phrase = undefined
    throw sealed(record.credentialId)
  }

  return {
    get keptHow() {
      return latest && !latest.credentialId
        ? 'In this browser, sealed under a passphrase: the passkey has no PRF.'
        : 'In this browser, sealed by the passkey’s PRF output.'
    },
    assertion: {
      extensions,
      take: async (credential) => {
        await take(credential)
      },
    },
    prepare: async (signal) => {
      await ready(signal)
    },
    has: async (place) => (await records.find(nameOf(place))) !== undefined,
    opener: async (place) => openerOf(await records.find(nameOf(place))),
    save: async (place, held) => save(place, JSON.stringify(heldShareToJson(held)), await ready()),
    load: async (place, signal) => {
      const text = await open(place, signal)
      return text === undefined ? undefined : heldShareFromJson(JSON.parse(text))
    },
    reseal: async (place, credentialId, signal) => {
      const text = await open(place, signal)
      if (text === undefined) throw new MpcError('share_missing', 'This device holds no share of the key.')
      const other = opened.get(credentialId) ?? (await asked([credentialId], signal))
      if (other?.credentialId !== credentialId) throw withoutPrf()
      await save(place, text, other)
    },
    remove: (place) => records.remove(nameOf(place)),
  }
}

function withoutPrf(): MpcError {
  return new MpcError('prf_missing', 'This passkey has no PRF, which seals the share of this device. Use a passphrase.')
}

function sealed(credentialId: string | undefined, cause?: unknown): MpcError {
  const which = credentialId ? `the passkey ${credentialId}` : 'the passphrase that sealed it'
  return new MpcError('share_sealed', `Only ${which} opens the share of this key here.`, { cause })
}
