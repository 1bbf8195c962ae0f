import type { MpcKey } from '#lib/sdk/mpc/index.ts'
import { hex } from './hex.ts'
import type { Signature } from './mpc-work.ts'

export type Tool = 'openssl' | 'Python' | 'Node'

/** Ed25519's SubjectPublicKeyInfo but for its 32 bytes. @see https://www.rfc-editor.org/rfc/rfc8410#section-10.1 */
const spki = '302a300506032b6570032100'

/** Commands that verify a signature with what is not of this project, ready to be pasted into a shell. */
export function verifyCommands(
  { suite, publicKey }: MpcKey,
  { bytes, message }: Signature,
): Partial<Record<Tool, string>> {
  const [key, signature, text] = [hex(publicKey), hex(bytes), hex(new TextEncoder().encode(message))]
  if (suite === 'schnorr-secp256k1')
    return {
      Node: [
        'npm install @noble/curves && node --input-type=module -e "',
        "import { schnorr } from '@noble/curves/secp256k1.js'",
        `const hex = (text) => Uint8Array.from(Buffer.from(text, 'hex'))`,
        `console.log(schnorr.verify(hex('${signature}'), hex('${text}'), hex('${key}')))"`,
      ].join('\n'),
    }
  return {
    openssl: [
      `echo ${spki}${key} | xxd -r -p > key.der`,
      `echo ${text} | xxd -r -p > message.txt`,
      `echo ${signature} | xxd -r -p > signature.bin`,
      'openssl pkeyutl -verify -pubin -keyform DER -inkey key.der -rawin -in message.txt -sigfile signature.bin',
    ].join('\n'),
    Python: [
      `python3 -c "`,
      'from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey',
      `key = Ed25519PublicKey.from_public_bytes(bytes.fromhex('${key}'))`,
      `key.verify(bytes.fromhex('${signature}'), bytes.fromhex('${text}'))`,
      `print('valid')"`,
    ].join('\n'),
    Node: [
      'node -e "',
      `const hex = (text) => Buffer.from(text, 'hex')`,
      `const key = { key: hex('${spki}${key}'), format: 'der', type: 'spki' }`,
      `console.log(require('crypto').verify(null, hex('${text}'), key, hex('${signature}')))"`,
    ].join('\n'),
  }
}
