import { generateKeyPairSync } from 'node:crypto'
import { encode } from 'cborg'

let key: Uint8Array<ArrayBuffer> | undefined

/**
 * A public key whose private half nobody has. An assertion by an unknown credential is verified under it and refused
 * whatever comes out, so that the refusal takes as long as that of a known one.
 */
export function nobodysKey(): Uint8Array<ArrayBuffer> {
  if (!key) {
    const { x = '', y = '' } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })
    const [X, Y] = [Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]
    key = Uint8Array.from(
      encode(
        new Map<number, unknown>([
          [1, 2],
          [3, -7],
          [-1, 1],
          [-2, X],
          [-3, Y],
        ]),
      ),
    )
  }
  return key
}
