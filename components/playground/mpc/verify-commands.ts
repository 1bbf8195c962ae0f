import type { MpcKey } from '#lib/sdk/mpc/index.ts'
import { hex } from './hex.ts'
import type { Signature } from './mpc-work.ts'

export type Tool = 'openssl' | 'Python' | 'Node'

/** Lines for a shell, what they print for a valid signature, and what is to be installed first. */
export interface VerifyCommand {
  code: string
  says: string
  needs?: string
}

/** Ed25519's SubjectPublicKeyInfo but for its 32 bytes. @see https://www.rfc-editor.org/rfc/rfc8410#section-10.1 */
const spki = '302a300506032b6570032100'

/** Commands that verify a signature with what is not of this project, ready to be pasted into a shell. */
export function verifyCommands(
  { suite, publicKey }: MpcKey,
  { bytes, message }: Pick<Signature, 'bytes' | 'message'>,
): Partial<Record<Tool, VerifyCommand>> {
  const [key, signature, text] = [hex(publicKey), hex(bytes), hex(new TextEncoder().encode(message))]
  return suite === 'schnorr-secp256k1' ? ofSchnorr(key, signature, text) : ofEd25519(key, signature, text)
}

function ofEd25519(key: string, signature: string, text: string) {
  const file = (bytes: string, name: string) => `echo ${base64(bytes)} | openssl base64 -d -A > ${name}`
  return {
    openssl: {
      code: [
        file(`${spki}${key}`, 'key.der'),
        file(text, 'message.txt'),
        file(signature, 'signature.bin'),
        'openssl pkeyutl -verify -pubin -keyform DER -inkey key.der -rawin -in message.txt -sigfile signature.bin',
      ].join('\n'),
      says: 'Signature Verified Successfully',
      needs: 'OpenSSL 3',
    },
    Python: {
      code: [
        `python3 -c "`,
        'from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey',
        `key = Ed25519PublicKey.from_public_bytes(bytes.fromhex('${key}'))`,
        `key.verify(bytes.fromhex('${signature}'), bytes.fromhex('${text}'))`,
        `print('valid')"`,
      ].join('\n'),
      says: 'valid',
      needs: 'pip install cryptography',
    },
    Node: {
      code: [
        'node -e "',
        `const hex = (text) => Buffer.from(text, 'hex')`,
        `const key = { key: hex('${spki}${key}'), format: 'der', type: 'spki' }`,
        `console.log(require('crypto').verify(null, hex('${text}'), key, hex('${signature}')))"`,
      ].join('\n'),
      says: 'true',
    },
  }
}

function ofSchnorr(key: string, signature: string, text: string) {
  return {
    Node: {
      code: [
        'node --input-type=module -e "',
        "import { schnorr } from '@noble/curves/secp256k1.js'",
        `const hex = (text) => Uint8Array.from(Buffer.from(text, 'hex'))`,
        `console.log(schnorr.verify(hex('${signature}'), hex('${text}'), hex('${key}')))"`,
      ].join('\n'),
      says: 'true',
      needs: 'npm install @noble/curves: OpenSSL does not know BIP340',
    },
  }
}

function base64(hexadecimal: string): string {
  const bytes = hexadecimal.match(/../g) ?? []
  return btoa(String.fromCharCode(...bytes.map((byte) => Number.parseInt(byte, 16))))
}
