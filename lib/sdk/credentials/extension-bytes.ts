import { base64URLStringToBuffer, bufferToBase64URLString } from '@simplewebauthn/browser'

/** Extension inputs whose leaves are bytes: base64url in JSON, buffers for the browser. */
export const byteInputs = new Set(['prf', 'largeBlob', 'credBlob'])

/**
 * Extension inputs as the browser wants them: what those take as bytes becomes a buffer, also for each
 * credential. A text that is no base64url stays as it is, for the browser to refuse.
 */
export function inputsFromJson(extensions: Record<string, unknown> | undefined): Record<string, unknown> | undefined {
  if (!extensions) return undefined
  return Object.fromEntries(
    Object.entries(extensions).map(([name, input]) => [name, byteInputs.has(name) ? decode(input) : input]),
  )
}

/** Extension results as JSON: buffers become base64url. */
export function resultsToJson(value: unknown): unknown {
  const buffer = bufferOf(value)
  if (buffer) return bufferToBase64URLString(buffer)
  if (Array.isArray(value)) return value.map(resultsToJson)
  return value && typeof value === 'object' ? mapped(value, (member) => resultsToJson(member)) : value
}

/** The bytes of a buffer or of a view of one, also where another window or a browser extension made it. */
export function bufferOf(value: unknown): ArrayBuffer | undefined {
  if (ArrayBuffer.isView(value)) {
    return value.buffer.slice(value.byteOffset, value.byteOffset + value.byteLength) as ArrayBuffer
  }
  return Object.prototype.toString.call(value) === '[object ArrayBuffer]' ? (value as ArrayBuffer) : undefined
}

/** The credential without the secrets that a PRF evaluated: they belong to this device, not to the server. */
export function withoutPrfResults<Credential extends { clientExtensionResults?: object | undefined }>(
  credential: Credential,
): Credential {
  const { prf, ...others } = (credential.clientExtensionResults ?? {}) as {
    prf?: { enabled?: boolean; results?: unknown }
  }
  if (!prf?.results) return credential
  const { results: _, ...kept } = prf
  return { ...credential, clientExtensionResults: { ...others, prf: kept } }
}

function decode(value: unknown, name?: string): unknown {
  if (typeof value === 'string') {
    if (name === 'support') return value
    try {
      return base64URLStringToBuffer(value)
    } catch {
      return value
    }
  }
  if (Array.isArray(value) || !value || typeof value !== 'object') return value
  return mapped(value, decode)
}

function mapped(record: object, change: (value: unknown, name: string) => unknown) {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value, name)]))
}
