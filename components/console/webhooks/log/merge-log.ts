import type { DeliveryView } from '#lib/contract/webhooks.ts'

interface Page {
  data: DeliveryView[]
  nextCursor: string | null
}

/** What is shown of a log, newest first, and where the rest begins. */
export interface Log {
  items: readonly DeliveryView[]
  cursor: string | null
}

/**
 * A log after its first page was read anew: as that page says where it reaches, as it was behind that. Where more came
 * than a page holds there would be a gap, so that what was shown behind it goes.
 */
export function mergeLog(before: Log | undefined, head: Page): Log {
  const fresh = { items: head.data, cursor: head.nextCursor }
  const last = head.data.at(-1)
  if (!before || !last || head.nextCursor === null) return fresh
  if (!before.items.some(({ id }) => head.data.some((item) => item.id === id))) return fresh
  const behind = before.items.filter((item) => isOlder(item, last))
  return behind.length ? { items: [...head.data, ...behind], cursor: before.cursor } : fresh
}

/** A log with a further page. */
export function appendLog(before: Log, { data, nextCursor }: Page): Log {
  const known = new Set(before.items.map(({ id }) => id))
  return { items: [...before.items, ...data.filter(({ id }) => !known.has(id))], cursor: nextCursor }
}

function isOlder(one: DeliveryView, other: DeliveryView): boolean {
  return one.createdAt < other.createdAt || (one.createdAt === other.createdAt && one.id < other.id)
}
