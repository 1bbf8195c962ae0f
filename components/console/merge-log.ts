interface Page<Item> {
  data: Item[]
  nextCursor: string | null
}

/** What is shown of a log, newest first, and where the rest begins. */
export interface Log<Item> {
  items: readonly Item[]
  cursor: string | null
}

type IdOf<Item> = (item: Item) => string

/**
 * A log after its first page was read anew: as that page says where it reaches, as it was behind that. Where more came
 * than a page holds there would be a gap, so that what was shown behind it goes.
 */
export function mergeLog<Item>(before: Log<Item> | undefined, head: Page<Item>, idOf: IdOf<Item>): Log<Item> {
  const fresh = { items: head.data, cursor: head.nextCursor }
  if (!before || head.nextCursor === null) return fresh
  const places = new Map(before.items.map((item, at) => [idOf(item), at]))
  const reached = Math.max(...head.data.map((item) => places.get(idOf(item)) ?? -1))
  const ids = new Set(head.data.map(idOf))
  const behind = reached < 0 ? [] : before.items.slice(reached + 1).filter((item) => !ids.has(idOf(item)))
  return behind.length ? { items: [...head.data, ...behind], cursor: before.cursor } : fresh
}

/** A log with a further page. */
export function appendLog<Item>(before: Log<Item>, { data, nextCursor }: Page<Item>, idOf: IdOf<Item>): Log<Item> {
  const known = new Set(before.items.map(idOf))
  return { items: [...before.items, ...data.filter((item) => !known.has(idOf(item)))], cursor: nextCursor }
}
