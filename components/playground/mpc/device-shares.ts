import {
  MpcError,
  memoryShares,
  passphraseShares,
  prfShares,
  type SharePlace,
  type ShareStore,
} from '#lib/sdk/mpc/index.ts'

/** Where this browser has its share of a key. */
export type Whereabouts =
  | { where: 'nowhere' }
  /** In this page, until it is closed. */
  | { where: 'memory' }
  | { where: 'passkey'; credentialId: string }
  /** `open`: the passphrase was given in this page. */
  | { where: 'passphrase'; open: boolean }

export interface DeviceShares extends ShareStore {
  whereabouts(place: SharePlace): Promise<Whereabouts>
  /** Puts a share that is in this page's memory under a passphrase, in this browser; new ones follow it. */
  keep(place: SharePlace, passphrase: string): Promise<void>
  /** @throws MpcError share_sealed where it is another passphrase */
  open(place: SharePlace, passphrase: string): Promise<void>
  /** Seals a share for the passkey that this page signed in with. */
  reseal(place: SharePlace): Promise<void>
}

/** What the page keeps when its views come and go. */
const inThisPage = memoryShares()

/**
 * The shares of this browser: sealed by the PRF of the passkey that was signed in with. Where that has none, in this page's
 * memory, until the person gives a passphrase.
 */
export function deviceShares({ rpId, credentialId }: { rpId: string; credentialId: string }): DeviceShares {
  const prf = prfShares({ rpId, credentialIds: [credentialId] })
  let withPrf = true
  let phrase: ShareStore | undefined

  async function whereabouts(place: SharePlace): Promise<Whereabouts> {
    if (await inThisPage.has(place)) return { where: 'memory' }
    const opener = await prf.opener?.(place)
    if (!opener) return { where: 'nowhere' }
    if (opener.by === 'passphrase') return { where: 'passphrase', open: phrase !== undefined }
    return { where: 'passkey', credentialId: opener.credentialId }
  }

  async function storeOf(place: SharePlace): Promise<ShareStore> {
    const { where } = await whereabouts(place)
    if (where === 'memory') return inThisPage
    if (where !== 'passphrase') return prf
    if (!phrase) throw new MpcError('share_sealed', 'The share of this key is under a passphrase: open it first.')
    return phrase
  }

  return {
    keptHow: 'In this browser.',
    assertion: prf.assertion as NonNullable<ShareStore['assertion']>,
    prepare: async (signal) => {
      if (phrase || !withPrf) return
      try {
        await prf.prepare?.(signal)
      } catch (error) {
        if (!(error instanceof MpcError && error.reason === 'prf_missing')) throw error
        withPrf = false
      }
    },
    has: async (place) => (await whereabouts(place)).where !== 'nowhere',
    whereabouts,
    save: async (place, held) => {
      const store = phrase ?? (withPrf ? prf : inThisPage)
      await store.save(place, held)
      if (store !== inThisPage) await inThisPage.remove(place)
    },
    load: async (place, signal) => (await storeOf(place)).load(place, signal),
    remove: async (place) => {
      await inThisPage.remove(place)
      await prf.remove(place)
    },
    keep: async (place, passphrase) => {
      const held = await inThisPage.load(place)
      if (!held) throw new MpcError('share_missing', 'This page holds no share of the key.')
      phrase = passphraseShares(passphrase)
      await phrase.save(place, held)
      await inThisPage.remove(place)
    },
    open: async (place, passphrase) => {
      const given = passphraseShares(passphrase)
      await given.load(place)
      phrase = given
    },
    reseal: (place) => prf.reseal(place, credentialId),
  }
}
