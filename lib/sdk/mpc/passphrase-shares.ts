import { heldShareFromJson, heldShareToJson } from './held-share.ts'
import { MpcError } from './mpc-error.ts'
import { keysOfPassphrase, seal, unseal } from './sealing.ts'
import { indexedDbRecords, type ShareRecords } from './share-records.ts'
import { nameOf, openerOf, type ShareStore } from './share-store.ts'

/** Shares sealed under a passphrase: in this browser's IndexedDB, or where else `records` are. */
export function passphraseShares(passphrase: string, records: ShareRecords = indexedDbRecords()): ShareStore {
  const keys = keysOfPassphrase(passphrase)
  return {
    keptHow: 'On this device, sealed under a passphrase.',
    has: async (place) => (await records.find(nameOf(place))) !== undefined,
    opener: async (place) => openerOf(await records.find(nameOf(place))),
    save: async (place, held) => {
      const name = nameOf(place)
      await records.save(name, await seal(await keys, name, JSON.stringify(heldShareToJson(held))))
    },
    load: async (place) => {
      const name = nameOf(place)
      const record = await records.find(name)
      if (!record) return undefined
      const text = await unseal(await keys, name, record)
      if (text === undefined) throw new MpcError('share_sealed', 'The passphrase does not open the share of this key.')
      return heldShareFromJson(JSON.parse(text))
    },
    remove: (place) => records.remove(nameOf(place)),
  }
}
