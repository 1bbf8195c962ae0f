import { z } from 'zod'
import { apart } from '../apart/pool.ts'
import { builtIn } from './built-in.ts'

const milliseconds = 2_000

const bytes = (what: string) => z.string().min(1).max(1_024).describe(`${what}: hex, base64url or base64.`)

/** Says whether a signature is of a message and a key, and where not, what stands against it. */
export const signatureVerify = builtIn({
  id: 'signature.verify',
  name: 'Verify a signature',
  description:
    'Ed25519 (RFC 8032), Schnorr on secp256k1 (BIP 340), and ES256 (P-256 over SHA-256; in the 64 bytes of JOSE, or in DER as WebAuthn has it).',
  version: '1.0.0',
  priceAmount: 0,
  input: z.strictObject({
    algorithm: z.enum(['Ed25519', 'BIP340', 'ES256']),
    publicKey: bytes('Ed25519 and BIP340: 32 bytes; ES256: the point, 33 or 65 bytes'),
    message: z.string().max(50_000),
    messageEncoding: z.enum(['utf8', 'bytes']).default('utf8').describe('bytes: the message is hex or base64url.'),
    signature: bytes('The signature'),
  }),
  output: z.strictObject({ valid: z.boolean(), words: z.string() }),
  async run(input, { tenant }) {
    return JSON.stringify(await apart('verification', input, { milliseconds, owner: tenant.id }))
  },
})
