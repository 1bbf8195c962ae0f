import { z } from 'zod'
import { apart } from '../apart/pool.ts'
import { builtIn } from './built-in.ts'

const milliseconds = 2_000

const bytes = (what: string) => z.string().min(1).max(1_024).describe(`${what}: hex, base64url or base64.`)

/** @see https://www.rfc-editor.org/rfc/rfc8032#section-7.1 (test 2) */
const example = {
  algorithm: 'Ed25519',
  publicKey: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
  message: 'r',
  signature:
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
}

/** Says whether a signature is of a message and a key, and where not, what stands against it. */
export const signatureVerify = builtIn({
  id: 'signature.verify',
  name: 'Verify a signature',
  description:
    'Ed25519 (RFC 8032), Schnorr on secp256k1 (BIP 340), and ES256 (P-256 over SHA-256; in the 64 bytes of JOSE, or in DER as WebAuthn has it).',
  version: '1.0.0',
  priceAmount: 0,
  input: z
    .strictObject({
      algorithm: z.enum(['Ed25519', 'BIP340', 'ES256']),
      publicKey: bytes('Ed25519 and BIP340: 32 bytes; ES256: the point, 33 or 65 bytes'),
      message: z.string().max(50_000),
      messageEncoding: z.enum(['utf8', 'bytes']).default('utf8').describe('bytes: the message is hex or base64url.'),
      signature: bytes('The signature'),
    })
    .meta({ examples: [example] }),
  output: z.strictObject({ valid: z.boolean(), words: z.string() }),
  async run(input, run) {
    return JSON.stringify(await apart('verification', input, { milliseconds, ...run }))
  },
})
