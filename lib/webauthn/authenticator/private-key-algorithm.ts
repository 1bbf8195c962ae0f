import { importWebKey, type WebKey } from './web-key.ts'

/** In the order in which a key is tried. A key of RSA does not say its hash: it is taken for RS256, the one in use. */
const tried = [-7, -257, -8, -35, -36, -48, -49, -50]

/**
 * A private key, PKCS #8, with the COSE algorithm that it is of; undefined where this browser's Web Crypto takes it as none.
 */
export async function keyOfPkcs8(
  pkcs8: Uint8Array<ArrayBuffer>,
): Promise<(WebKey & { algorithm: number }) | undefined> {
  for (const algorithm of tried) {
    const key = await importWebKey(pkcs8, algorithm).catch(() => undefined)
    if (key) return { ...key, algorithm }
  }
  return undefined
}
