import { createHmac } from 'node:crypto'
import type { Caller } from '../caller.ts'
import { deriveKey } from '../root-secret.ts'

// What credentials look like that real providers make: length of the ID in bytes, and transports. Some clients tell none.
const shapes = [
  [20, 'hybrid internal'],
  [16, 'hybrid internal'],
  [32, 'internal'],
  [32, 'hybrid internal'],
  [48, 'usb'],
  [32, ''],
] as const

/**
 * A credential that does not exist. It is always the same for a name, so that asking twice tells nothing, and looks like
 * those of some real provider.
 */
export function decoy(caller: Caller, username: string): { credentialId: string; transports: string } {
  const bytes = digestOf(caller, username)
  const [length, transports] = shapeBy(bytes)
  return { credentialId: bytes.subarray(0, length).toString('base64url'), transports }
}

/** The transports of a credential that is not registered: always the same for an ID, and such as some provider's has. */
export function decoyTransports(caller: Caller, credentialId: string): string {
  const [, transports] = shapeBy(digestOf(caller, 'credential', credentialId))
  return transports
}

function digestOf(caller: Caller, ...of: string[]): Buffer {
  const name = JSON.stringify([caller.tenant.id, caller.environment, ...of])
  return createHmac('sha512', deriveKey('decoy-credential')).update(name).digest()
}

function shapeBy(bytes: Buffer): (typeof shapes)[number] {
  return shapes[(bytes[63] ?? 0) % shapes.length] ?? shapes[0]
}
