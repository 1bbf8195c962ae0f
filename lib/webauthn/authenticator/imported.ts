import { dictionary } from '../dictionary.ts'
import { fromCdpCredential } from './cdp-credential.ts'
import { fromCxfPasskey, passkeysOfCxf } from './cxf.ts'
import type { LeftOut } from './foreign-members.ts'
import { limits } from './import-limits.ts'
import type { WebCredential } from './web-authenticator.ts'

export interface Imported {
  taken: WebCredential[]
  /** What was not taken, member by member. */
  left: LeftOut[]
}

/**
 * Reads passkeys from a text: CDP's `Credential`, one, a list, or the answer of `WebAuthn.getCredentials`; or a file of the
 * Credential Exchange Format, or one passkey of it. Never throws, whatever the text is; size and number are limited.
 *
 * @param holder who holds a credential already, in words: such one is left out
 */
export async function importedCredentials(text: string, holder: (id: string) => string | undefined): Promise<Imported> {
  const left: LeftOut[] = []
  const nothing = (why: string) => ({ taken: [], left: [{ where: 'The text', why }] })
  if (text.length > limits.file) return nothing(`has more than ${limits.file.toLocaleString('en')} characters`)
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return nothing('is no JSON')
  }
  const found = credentialsIn(json, left)
  if (!found) return nothing('is neither credentials in the shape of CDP nor a file of the Credential Exchange Format')
  const { read, all } = found
  if (all.length > limits.credentials)
    left.push({ where: 'The text', why: `has ${all.length} credentials: the first ${limits.credentials} are read` })
  const taken = new Map<string, WebCredential>()
  for (const { value, where } of all.slice(0, limits.credentials)) {
    const credential = await read(value, where, left)
    if (!credential) continue
    const held = holder(credential.id)
    if (held) left.push({ where, why: `is held by ${held} already: delete it there first` })
    else if (taken.has(credential.id)) left.push({ where, why: 'is there twice: the first is read' })
    else taken.set(credential.id, credential)
  }
  const more = left.length - limits.told
  if (more > 0) left.splice(limits.told, more, { where: 'The text', why: `has ${more} more that were not taken` })
  return { taken: [...taken.values()], left }
}

function credentialsIn(json: unknown, left: LeftOut[]) {
  const object = dictionary(json)
  if (object && 'accounts' in object) return { read: fromCxfPasskey, all: passkeysOfCxf(json, left) }
  if (object?.type === 'passkey') return { read: fromCxfPasskey, all: [{ value: json, where: 'passkey' }] }
  if (object && 'privateKey' in object) return { read: fromCdpCredential, all: [{ value: json, where: 'credential' }] }
  const list = Array.isArray(json) ? json : object?.credentials
  if (!Array.isArray(list)) return undefined
  return { read: fromCdpCredential, all: list.map((value: unknown, at) => ({ value, where: `credentials[${at}]` })) }
}
