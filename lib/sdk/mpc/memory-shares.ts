import type { HeldShare } from './held-share.ts'
import { nameOf, type ShareStore } from './share-store.ts'

/** Shares that live as long as this page or process. For tests and first steps: a reload is a lost device. */
export function memoryShares(): ShareStore {
  const held = new Map<string, HeldShare>()
  return {
    keptHow: 'In this page’s memory, until it is closed.',
    has: async (place) => held.has(nameOf(place)),
    save: async (place, share) => {
      held.set(nameOf(place), share)
    },
    load: async (place) => held.get(nameOf(place)),
    remove: async (place) => {
      held.delete(nameOf(place))
    },
  }
}
