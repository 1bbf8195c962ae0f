/** So many, that the calls of a whole run stay below a key's limit. */
const keyCount = 128

/** Makes a worker's keys, one after the other. */
export async function makeKeys(make: (name: string) => Promise<string>): Promise<string[]> {
  const keys = []
  for (let number = 0; number < keyCount; number++) keys.push(await make(`key ${number}`))
  return keys
}

/** Gives one of so many callers its share of the keys, one after the other and round again. */
export function inTurn(keys: string[], caller: number, callers: number): () => string {
  let at = caller - callers
  return () => {
    at = (at + callers) % keys.length
    return keys[at] as string
  }
}
