import type { DescMessage, DescMethod } from '@bufbuild/protobuf'
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire'
import { refusal } from './refusal.ts'

/** Far more than any message has that is meant: whatever is read makes an object of each, and holds everybody up meanwhile. */
const mostValues = 1_000

/**
 * The bytes of a call, once it is known that its messages have not more values in them than can be read quickly. What is
 * larger than `most` is handed on as it comes, to be refused for that.
 *
 * @throws ConnectError INVALID_ARGUMENT
 */
export async function* fewValues(
  body: AsyncIterable<Uint8Array>,
  { type, input, most }: { type: string; input: DescMethod['input']; most: number },
): AsyncGenerator<Uint8Array> {
  const parts = body[Symbol.asyncIterator]()
  const read: Uint8Array[] = []
  let size = 0
  for (let part = await parts.next(); !part.done; part = await parts.next()) {
    read.push(part.value)
    size += part.value.length
    if (size > most) break
  }
  if (size <= most) refuseMany(Buffer.concat(read), type, input)
  yield* read
  for (let part = await parts.next(); !part.done; part = await parts.next()) yield part.value
}

function refuseMany(bytes: Uint8Array, type: string, input: DescMessage): void {
  const messages = /^application\/grpc/.test(type) ? [...enveloped(bytes)] : [bytes]
  const count = /\bjson\b/.test(type) ? valuesInJson : (message: Uint8Array) => valuesIn(message, input)
  if (messages.reduce((sum, message) => sum + count(message), 0) <= mostValues) return
  throw refusal('invalid_request', `The message has more than ${mostValues.toLocaleString('en')} values.`)
}

const [comma, brace, bracket] = [0x2c, 0x7b, 0x5b]

/** At least as many as there are, and no text of a message has many commas. */
function valuesInJson(bytes: Uint8Array): number {
  let values = 0
  for (const byte of bytes) if (byte === comma || byte === brace || byte === bracket) values++
  return values
}

/** @see https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md (Length-Prefixed-Message) */
function* enveloped(bytes: Uint8Array): Generator<Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  for (let at = 0; at + 5 <= bytes.length; ) {
    const end = at + 5 + view.getUint32(at + 1)
    yield bytes.subarray(at + 5, end)
    at = end
  }
}

/** How many values there are, no more than are needed to know; of what cannot be read, those before it. */
function valuesIn(bytes: Uint8Array, { fields }: DescMessage): number {
  const reader = new BinaryReader(bytes)
  let values = 0
  try {
    while (reader.pos < reader.len && values <= mostValues) {
      const [number, type] = reader.tag()
      values++
      const message = fields.find((field) => field.number === number)?.message
      if (message && type === WireType.LengthDelimited) values += valuesIn(reader.bytes(), message)
      else reader.skip(type, number)
    }
  } catch {
    // It is said by what reads it.
  }
  return values
}
