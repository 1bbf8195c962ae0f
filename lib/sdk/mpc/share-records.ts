import type { Sealed } from './sealing.ts'

/** A sealed share as it is stored. */
export interface ShareRecord extends Sealed {
  /** The passkey that opens it, where one does. */
  credentialId?: string
}

/** Where sealed shares lie, by name. */
export interface ShareRecords {
  find(name: string): Promise<ShareRecord | undefined>
  save(name: string, record: ShareRecord): Promise<void>
  remove(name: string): Promise<void>
}

const table = 'shares'

/** Records in this browser's IndexedDB, for this origin alone. */
export function indexedDbRecords(database = 'mpc-shares'): ShareRecords {
  let opened: Promise<IDBDatabase> | undefined
  const transaction = async <Answer>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<Answer>) => {
    opened ??= open(database)
    const store = (await opened).transaction(table, mode, { durability: 'strict' }).objectStore(table)
    return settled(work(store))
  }
  return {
    find: (name) => transaction<ShareRecord | undefined>('readonly', (store) => store.get(name)),
    save: async (name, record) => {
      await transaction('readwrite', (store) => store.put(record, name))
    },
    remove: (name) => transaction<undefined>('readwrite', (store) => store.delete(name)),
  }
}

function open(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1)
  request.onupgradeneeded = () => request.result.createObjectStore(table)
  return settled(request)
}

function settled<Answer>(request: IDBRequest<Answer>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}
