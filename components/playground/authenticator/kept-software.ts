import { fromCdpCredential, toCdpCredential } from '#lib/webauthn/authenticator/cdp-credential.ts'
import { WebAuthenticator, type WebCredential } from '#lib/webauthn/authenticator/web-authenticator.ts'
import { exportWebKey, importWebKey, isWebAlgorithm } from '#lib/webauthn/authenticator/web-key.ts'
import { fromBase64url, toBase64url } from '#lib/webauthn/decode/bytes.ts'
import { dictionary } from '#lib/webauthn/dictionary.ts'
import type { SoftwareAuthenticator } from './answering.ts'
import { mostAuthenticators, settingsFrom, webSettings } from './software-settings.ts'

const name = 'playground.authenticators'

/** What a tab keeps of its software authenticators: their keys too, which are for tests alone. */
interface Kept {
  on: boolean
  authenticators: readonly SoftwareAuthenticator[]
}

/** Keeps them in this tab; without any, nothing. */
export async function keepSoftware({ on, authenticators }: Kept): Promise<void> {
  const kept = await Promise.all(
    authenticators.map(async ({ settings, web }) => ({
      settings,
      credentials: await Promise.all([...web.credentials.values()].map(written)),
    })),
  )
  try {
    if (kept.length) sessionStorage.setItem(name, JSON.stringify({ on, authenticators: kept }))
    else sessionStorage.removeItem(name)
  } catch {
    // A browser may have no room, or forbid it: then they last as long as the page.
  }
}

/** What the tab has kept. Never throws: what cannot be read is left out. */
export async function keptSoftware(origin: string): Promise<Kept> {
  try {
    const kept = dictionary(JSON.parse(sessionStorage.getItem(name) ?? 'null')) ?? {}
    const list = Array.isArray(kept.authenticators) ? kept.authenticators.slice(0, mostAuthenticators) : []
    const authenticators = await Promise.all(list.map((each, at) => read(dictionary(each) ?? {}, at + 1, origin)))
    return { on: kept.on === true && authenticators.length > 0, authenticators }
  } catch {
    return { on: false, authenticators: [] }
  }
}

/** Each private key as it was written: it never changes, and what is set of its authenticator does at every keystroke. */
const exported = new WeakMap<CryptoKey, Uint8Array>()

async function written(credential: WebCredential) {
  const { privateKey } = credential
  const pkcs8 = exported.get(privateKey) ?? (await exportWebKey(credential))
  exported.set(privateKey, pkcs8)
  const { algorithm, aaguid, prfSecret, keepsBlob, counts, userHandle } = credential
  return {
    ...(await toCdpCredential(credential, pkcs8)),
    own: {
      algorithm,
      aaguid,
      keepsBlob,
      counts,
      userHandle,
      ...(prfSecret ? { prfSecret: toBase64url(prfSecret) } : {}),
    },
  }
}

async function read(
  kept: Readonly<Record<string, unknown>>,
  id: number,
  origin: string,
): Promise<SoftwareAuthenticator> {
  const settings = settingsFrom(kept.settings)
  const web = new WebAuthenticator(webSettings(settings, origin))
  for (const each of Array.isArray(kept.credentials) ? kept.credentials : []) {
    const credential = await readCredential(each).catch(() => undefined)
    if (credential) web.credentials.set(credential.id, credential)
  }
  return { id, settings, web }
}

async function readCredential(value: unknown): Promise<WebCredential | undefined> {
  const credential = await fromCdpCredential(value, '', [])
  return credential && asOwn(credential, dictionary(dictionary(value)?.own) ?? {}, value)
}

/**
 * With what the shape of CDP has no member for.
 *
 * @throws DOMException where its key is none of the algorithm that it says
 */
async function asOwn(
  credential: WebCredential,
  own: Readonly<Record<string, unknown>>,
  each: unknown,
): Promise<WebCredential> {
  const { algorithm, aaguid, prfSecret, keepsBlob, counts, userHandle } = own
  const { privateKey } = each as { privateKey: string }
  const pkcs8 = Uint8Array.from(atob(privateKey), (char) => char.charCodeAt(0))
  const another =
    typeof algorithm === 'number' && algorithm !== credential.algorithm && (await isWebAlgorithm(algorithm))
  return {
    ...credential,
    ...(another ? { algorithm, ...(await importWebKey(pkcs8, algorithm)) } : {}),
    ...(typeof aaguid === 'string' ? { aaguid } : {}),
    ...(typeof userHandle === 'string' ? { userHandle } : {}),
    ...(typeof prfSecret === 'string' ? { prfSecret: fromBase64url(prfSecret) ?? undefined } : {}),
    keepsBlob: keepsBlob === true,
    counts: counts === true,
  }
}
