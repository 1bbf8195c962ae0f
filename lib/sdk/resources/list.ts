import type { Extra, Send } from './send.ts'

/** A page of a list, and where the next one begins: null at the end. */
interface Page<Item> {
  data: Item[]
  nextCursor: string | null
}

/** Awaited: one page. With `for await`: every item from there on, page after page. */
export type List<Item> = Promise<Page<Item>> & AsyncIterable<Item>

/** Asks for a page at once, and for the further ones when they are come to. */
export function list<Item>(send: Send, path: string, query: object, extra: Extra): List<Item> {
  const load = (more: { cursor?: string }) => send<Page<Item>>('GET', path, { query: { ...query, ...more }, ...extra })
  const first = load({})
  async function* items(): AsyncGenerator<Item> {
    for (let page = await first; ; ) {
      yield* page.data
      const cursor = page.nextCursor
      if (cursor === null) return
      page = await load({ cursor })
      if (page.nextCursor === cursor) throw new RangeError(`The list ${path} goes in a circle.`)
    }
  }
  return Object.assign(first, { [Symbol.asyncIterator]: items })
}
