/** A query names so many values at most. */
const size = 500

/** Asks for many values in several queries, and joins what they find. */
export async function inChunks<Value, Found>(
  values: readonly Value[],
  ask: (some: Value[]) => Promise<Found[]>,
): Promise<Found[]> {
  const found: Found[][] = []
  for (let at = 0; at < values.length; at += size) found.push(await ask(values.slice(at, at + size)))
  return found.flat()
}
