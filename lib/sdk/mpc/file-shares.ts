import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { type HeldShareJson, heldShareFromJson, heldShareToJson } from './held-share.ts'
import { nameOf, type ShareStore } from './share-store.ts'

/**
 * Shares in a file that its owner alone may read. They are not sealed: whoever reads the file has them. Node only.
 *
 * Each change writes the file anew and puts it in the old one's place.
 */
export function fileShares(path: string): ShareStore {
  let last: Promise<unknown> = Promise.resolve()

  async function read(): Promise<Record<string, HeldShareJson>> {
    try {
      return JSON.parse(await readFile(path, 'utf8'))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
      throw error
    }
  }
  /** One change after the other: none is lost. */
  function change(work: (shares: Record<string, HeldShareJson>) => void): Promise<void> {
    const mine = last.then(async () => {
      const shares = await read()
      work(shares)
      // One that was left there, or laid there by another, would keep its own mode and owner.
      await rm(`${path}.new`, { force: true })
      await writeFile(`${path}.new`, JSON.stringify(shares, null, 2), { mode: 0o600, flag: 'wx', flush: true })
      await rename(`${path}.new`, path)
    })
    last = mine.catch(() => undefined)
    return mine
  }
  return {
    keptHow: `In the file ${path}, readable by its owner.`,
    has: async (place) => nameOf(place) in (await read()),
    save: (place, held) =>
      change((shares) => {
        shares[nameOf(place)] = heldShareToJson(held)
      }),
    load: async (place) => {
      const json = (await read())[nameOf(place)]
      return json && heldShareFromJson(json)
    },
    remove: (place) =>
      change((shares) => {
        delete shares[nameOf(place)]
      }),
  }
}
