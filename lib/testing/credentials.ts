import { createPrivateKey, randomBytes } from 'node:crypto'
import { noAaguid } from '#lib/webauthn/authenticator/credential.ts'
import type { LeftOut } from '#lib/webauthn/authenticator/foreign-members.ts'
import { fromBase64url } from '#lib/webauthn/decode/bytes.ts'
import type { Credential } from './credential.ts'
import { exchangedFile, takenOf } from './exchanged.ts'
import { algorithmOfKey, generatePrivateKey, importPrivateKey, type PrivateKeyInput } from './key.ts'
import type { VirtualCredential } from './page-authenticator.ts'

export type { LeftOut } from '#lib/webauthn/authenticator/foreign-members.ts'
export type { Credential } from './credential.ts'

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
      keepsBlob: false,
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

  /** All of them, as virtual authenticators take them in. What a PRF is made with has no member there. */
  export(): VirtualCredential[] {
    return this.list().map((one) => ({
      ...{ credentialId: base64(one.id), isResidentCredential: one.discoverable, rpId: one.rpId },
      privateKey: one.privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
      ...{ signCount: one.signCount, userHandle: base64(one.userHandle) },
      ...{ backupEligibility: one.backupEligible, backupState: one.backedUp },
      ...(one.largeBlob ? { largeBlob: Buffer.from(one.largeBlob).toString('base64') } : {}),
      ...(one.username ? { userName: one.username } : {}),
      ...(one.displayName ? { userDisplayName: one.displayName } : {}),
    }))
  }

  /**
   * Takes in what a virtual authenticator holds, or what was exported.
   *
   * @throws TypeError where the key is of no algorithm that is known here, or no RP ID is told
   */
  import(one: VirtualCredential): Credential {
    if (!one.rpId) throw new TypeError('the credential has no rpId')
    const der = Buffer.from(one.privateKey, 'base64')
    const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
    return this.add({
      ...{ id: base64url(one.credentialId), rpId: one.rpId, privateKey, algorithm: algorithmOfKey(privateKey) },
      ...{ discoverable: one.isResidentCredential, signCount: Math.max(0, one.signCount) },
      ...{ backupEligible: one.backupEligibility ?? false, backedUp: one.backupState ?? false },
      ...(one.userHandle === undefined ? {} : { userHandle: base64url(one.userHandle) }),
      ...(one.largeBlob === undefined ? {} : { keepsBlob: true, largeBlob: Buffer.from(one.largeBlob, 'base64') }),
      ...{ username: one.userName, displayName: one.userDisplayName },
    })
  }

  /**
   * All of them as a file of FIDO's Credential Exchange Format, with the secrets of PRFs and with blobs. One whose counter has
   * moved is left out: the format takes none such.
   *
   * @param exporter the RP ID of who exports
   * @see https://fidoalliance.org/specs/cx/cxf-v1.0-ps-20250814.html
   */
  exportCxf(exporter = 'localhost'): Promise<{ file: object; left: LeftOut[] }> {
    return exchangedFile(this.list(), exporter)
  }

  /**
   * Takes in what a file holds, or its text: one of the Credential Exchange Format, or credentials as virtual authenticators
   * have them. Never throws: what is not taken is told, member by member.
   */
  async importFile(file: object | string): Promise<{ taken: Credential[]; left: LeftOut[] }> {
    const text = typeof file === 'string' ? file : JSON.stringify(file)
    const { taken, left } = await takenOf(text, (id) => this.#held.has(id))
    return { taken: taken.map((one) => this.add(one)), left }
  }

  remove(id: string): boolean {
    return this.#held.delete(id)
  }

  list(): Credential[] {
    return [...this.#held.values()]
  }
}

function base64(text: string): string {
  return Buffer.from(text, 'base64url').toString('base64')
}

function base64url(text: string): string {
  return Buffer.from(text, 'base64').toString('base64url')
}
