import { log } from './log.ts'
import { sparingly } from './sparingly.ts'

const saySometimes = sparingly()

/**
 * Does something for each of several, one after the other. One for which it fails holds up none of the others; the log says
 * so, once a minute at most.
 */
export async function oneByOne<Item extends object>(
  items: readonly Item[],
  act: (item: Item) => Promise<unknown>,
): Promise<void> {
  for (const item of items) await act(item).catch((err) => saySometimes(() => say(err, item)))
}

function say(err: unknown, item: { id?: string; tenantId?: string }): void {
  log().error({ err, id: item.id, tenantId: item.tenantId }, 'what is due could not happen for one; the others go on')
}
