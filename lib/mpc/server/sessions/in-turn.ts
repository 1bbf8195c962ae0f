const turns = new Map<string, Promise<unknown>>()

/** Runs work of one name one after the other, in the order in which it came. */
export async function inTurn<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  const before = turns.get(name)
  const mine = before ? before.then(work, work) : work()
  const settled = mine.catch(() => undefined)
  turns.set(name, settled)
  try {
    return await mine
  } finally {
    if (turns.get(name) === settled) turns.delete(name)
  }
}
