import { byteInputs } from '#lib/sdk/credentials/extension-bytes.ts'
import { fromBase64url } from '#lib/webauthn/decode/bytes.ts'

/** Where a text stands for bytes and is no base64url, as `prf.eval.first`; undefined where every such text is. */
export function misspeltBytes(extensions: object): string | undefined {
  return Object.entries(extensions).flatMap(([name, input]) => (byteInputs.has(name) ? misspelt(input, name) : []))[0]
}

function misspelt(value: unknown, path: string): string[] {
  if (typeof value === 'string') return path.endsWith('.support') || fromBase64url(value) ? [] : [path]
  if (!value || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([name, member]) => misspelt(member, `${path}.${name}`))
}
