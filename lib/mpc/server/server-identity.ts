import { type Identity, identity } from '../protocol/identity.ts'
import { deriveKey } from './secret.ts'

let made: Identity | undefined

/** Who this server is, as clients pin it: of its secret, so the same in every process and after every start. */
export function serverIdentity(): Identity {
  made ??= identity(deriveKey('identity'))
  return made
}
