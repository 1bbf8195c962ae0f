import { type KeyObject, randomBytes } from 'node:crypto'
import { type HeldCredential, noAaguid } from '#lib/webauthn/authenticator/credential.ts'
import { fromBase64url } from '#lib/webauthn/decode/bytes.ts'
import { generatePrivateKey, importPrivateKey, type PrivateKeyInput } from './key.ts'

/** A credential that the authenticator holds. */
export interface Credential extends HeldCredential {
  privateKey: KeyObject
}

/** Material for a credential; what is absent is made up. */
export type CredentialInput = Partial<Omit<Credential, 'privateKey'>> & { privateKey?: PrivateKeyInput }

/** The credentials of one authenticator, newest last. */
export class Credentials {
  readonly #held = new Map<string, Credential>()

  /**
   * Takes a credential in, such as one from a published test vector. An ID held already is replaced.
   *
   * @throws TypeError where ID or user handle is not canonical base64url
   */
  add({ privateKey, algorithm = -7, ...input }: CredentialInput & { rpId: string }): Credential {
    const credential: Credential = {
      id: randomBytes(32).toString('base64url'),
      aaguid: noAaguid,
      userHandle: randomBytes(32).toString('base64url'),
      discoverable: true,
      signCount: 0,
      backupEligible: false,
      backedUp: false,
      ...input,
      algorithm,
      privateKey: privateKey ? importPrivateKey(privateKey, algorithm) : generatePrivateKey(algorithm),
    }
    for (const name of ['id', 'userHandle'] as const) {
      if (!fromBase64url(credential[name])) throw new TypeError(`the credential’s ${name} is not base64url`)
    }
    this.#held.delete(credential.id)
    this.#held.set(credential.id, credential)
    return credential
  }

  get(id: string): Credential | undefined {
    return this.#held.get(id)
  }

  remove(id: string): boolean {
    return this.#held.delete(id)
  }

  list(): Credential[] {
    return [...this.#held.values()]
  }
}
