import { type DescMessage, type DescMethod, fromJson, type JsonObject, toBinary } from '@bufbuild/protobuf'
import { Health } from '../../../mpc/proto/health/v1/health_pb.js'
import { KeygenService, KeyService, ReshareService, SignService, TenantKeyService } from '../../../mpc/proto/mpc_pb.js'
import { structures } from './bodies.ts'
import { pattern } from './bytes.ts'
import { long, room, texts } from './texts.ts'

/** A method of the MPC server's in one of the formats that it reads, with the worst that it can be sent. */
export interface Rpc {
  path: string
  /** Of the tenant's keys, by its members: who asks has another token there. */
  ofTenants: boolean
  type: string
  bodies: Record<string, string | Uint8Array>
}

/** Every method that takes one message, as the services have them. */
export function rpcs(): Rpc[] {
  const methods = services.flatMap((service) => service.methods.filter(({ methodKind }) => methodKind === 'unary'))
  return methods.flatMap((method) => {
    const of = { path: `/${method.parent.typeName}/${method.name}`, ofTenants: method.parent === TenantKeyService }
    return [
      { ...of, type: 'application/proto', bodies: inProtobuf(method) },
      { ...of, type: 'application/json', bodies: inJson(method) },
    ]
  })
}

const services = [KeygenService, SignService, ReshareService, KeyService, TenantKeyService, Health]

/** Of a field that no message has, or of the first one, so often. */
const raw: Record<string, Uint8Array> = {
  'numbers that nobody knows': pattern([0xa0, 0x06, 0x01], room),
  'long numbers that nobody knows': pattern([0xa0, 0x06, ...Array(9).fill(0xff), 0x01], room),
  'empty texts that nobody knows': pattern([0xa2, 0x06, 0x00], room),
  'groups in groups that nobody knows': pattern([0xa3, 0x06], room),
  'groups that nobody knows': pattern([0xa3, 0x06, 0xa4, 0x06], room),
  'the first field, many times': pattern([0x0a, 0x00], room),
  'a length beyond all': Uint8Array.of(0x0a, 0xff, 0xff, 0xff, 0xff, 0x07),
  'bytes that are no text': Uint8Array.from([0x0a, 0x80, 0xf0, 0x03, ...Array(63_488).fill(0xff)]),
}

function inProtobuf({ input }: DescMethod): Rpc['bodies'] {
  const messages = { ...filled(input), ...lists(input, Math.floor(room / 2) - 16) }
  const binary = Object.entries(messages).map(([name, json]) => [name, toBinary(input, fromJson(input, json))])
  return { ...raw, ...Object.fromEntries(binary) }
}

function inJson({ input }: DescMethod): Rpc['bodies'] {
  const messages = { ...filled(input), ...lists(input, Math.floor(room / 3) - 32) }
  return {
    ...structures,
    ...Object.fromEntries(Object.entries(messages).map(([name, json]) => [name, JSON.stringify(json)])),
  }
}

/** A message for each kind of text, which stands wherever text may. */
function filled(input: DescMessage): Record<string, JsonObject> {
  const places = placesIn(input)
  if (places === 0) return {}
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [
      `${name}, everywhere`,
      messageOf(input, long(text, room / places - 48)),
    ]),
  )
}

/** For each list, one of so many that are empty. */
function lists(input: DescMessage, count: number): Record<string, JsonObject> {
  const all: Record<string, JsonObject> = {}
  for (const field of input.fields) {
    if (field.fieldKind !== 'list') continue
    all[`many empty ${field.name}`] = { [field.jsonName]: Array(count).fill(field.listKind === 'message' ? {} : '') }
    if (field.listKind !== 'message') continue
    for (const [name, message] of Object.entries(lists(field.message, count)))
      all[`${name} of ${field.name}`] = { [field.jsonName]: [message] }
  }
  return all
}

/** Texts are this one, bytes some, and of each list there is one. */
function messageOf({ fields }: DescMessage, text: string): JsonObject {
  const members = fields.flatMap((field) => {
    if (field.fieldKind === 'map' || field.fieldKind === 'enum') return []
    const value = field.message ? inMessage(field.message, text) : scalarOf(field.scalar, text)
    if (value === undefined) return []
    return [[field.jsonName, field.fieldKind === 'list' ? [value] : value]]
  })
  return Object.fromEntries(members)
}

const inMessage = (message: DescMessage, text: string) =>
  message.typeName.startsWith('google.') ? undefined : messageOf(message, text)

// As descriptor.proto numbers them: text, and bytes, which JSON has in base64.
const [ofText, ofBytes] = [9, 12]

function scalarOf(scalar: number | undefined, text: string): string | undefined {
  if (scalar === ofText) return text
  return scalar === ofBytes ? 'AAAA'.repeat(Math.ceil(text.length / 4)) : undefined
}

function placesIn({ fields }: DescMessage): number {
  return fields.reduce((sum, field) => {
    if (field.message) return sum + (field.message.typeName.startsWith('google.') ? 0 : placesIn(field.message))
    return sum + (field.scalar === ofText || field.scalar === ofBytes ? 1 : 0)
  }, 0)
}
