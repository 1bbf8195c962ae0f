import { base64urlnopad } from '@scure/base'

/** A text that only whoever has the same secret can read: AES-256-GCM, bound to a name. */
export interface Sealed {
  /** base64url, as all members. */
  salt: string
  iv: string
  ciphertext: string
}

/** From a salt and a name to a key for them. */
export type KeyFor = (salt: Uint8Array<ArrayBuffer>, name: string) => Promise<CryptoKey>

/** Seals a text for a name, under a key of its own. */
export async function seal(keyFor: KeyFor, name: string, text: string): Promise<Sealed> {
  const salt = crypto.getRandomValues(new Uint8Array(32))
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const parameters = { name: 'AES-GCM', iv, additionalData: encoded(name) }
  const ciphertext = await crypto.subtle.encrypt(parameters, await keyFor(salt, name), encoded(text))
  return {
    salt: base64urlnopad.encode(salt),
    iv: base64urlnopad.encode(iv),
    ciphertext: base64urlnopad.encode(new Uint8Array(ciphertext)),
  }
}

/** The text, undefined where secret or name are others. */
export async function unseal(keyFor: KeyFor, name: string, sealed: Sealed): Promise<string | undefined> {
  const key = await keyFor(decoded(sealed.salt), name)
  const parameters = { name: 'AES-GCM', iv: decoded(sealed.iv), additionalData: encoded(name) }
  try {
    return new TextDecoder().decode(await crypto.subtle.decrypt(parameters, key, decoded(sealed.ciphertext)))
  } catch {
    return undefined
  }
}

/** Keys derived by HKDF-SHA-256 of a secret that is uniform already, such as a PRF's output. It cannot be read back. */
export async function keysOfSecret(secret: Uint8Array<ArrayBuffer>): Promise<KeyFor> {
  const base = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey'])
  return (salt, name) => derived({ name: 'HKDF', hash: 'SHA-256', salt, info: encoded(`mpc.v1 share ${name}`) }, base)
}

/** Keys derived of a passphrase by PBKDF2-SHA-256, with as many rounds as OWASP asks for. */
export async function keysOfPassphrase(passphrase: string): Promise<KeyFor> {
  const base = await crypto.subtle.importKey('raw', encoded(passphrase.normalize('NFC')), 'PBKDF2', false, [
    'deriveKey',
  ])
  return (salt) => derived({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: 600_000 }, base)
}

function derived(parameters: HkdfParams | Pbkdf2Params, base: CryptoKey): Promise<CryptoKey> {
  return crypto.subtle.deriveKey(parameters, base, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}

function encoded(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text)
}

function decoded(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(base64urlnopad.decode(text))
}
