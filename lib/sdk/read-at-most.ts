/** All of a body; undefined where it has more bytes than that: then the rest of it is not read. */
export async function readAtMost(
  body: ReadableStream<Uint8Array> | null,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const reader = body?.getReader()
  let [all, size] = [new Uint8Array(16_384), 0]
  for (;;) {
    const { value } = (await reader?.read()) ?? {}
    if (!value) return all.subarray(0, size)
    if (size + value.length > maxBytes) {
      // Whoever stops reading says so, or the connection stays open.
      void reader?.cancel().catch(() => undefined)
      return undefined
    }
    if (size + value.length > all.length) {
      const larger = new Uint8Array(2 * (size + value.length))
      larger.set(all)
      all = larger
    }
    all.set(value, size)
    size += value.length
  }
}
