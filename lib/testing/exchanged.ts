import { KeyObject } from 'node:crypto'
import { toCxf } from '#lib/webauthn/authenticator/cxf.ts'
import type { LeftOut } from '#lib/webauthn/authenticator/foreign-members.ts'
import { importedCredentials } from '#lib/webauthn/authenticator/imported.ts'
import { importWebKey } from '#lib/webauthn/authenticator/web-key.ts'
import type { Credential } from './credential.ts'

// The files that the Playground's page writes and reads, for keys of Node.

/** A file of the Credential Exchange Format, and what it does not take. */
export async function exchangedFile(
  credentials: readonly Credential[],
  exporter: string,
): Promise<{ file: object; left: LeftOut[] }> {
  const web = credentials.map(async (credential) => {
    const pkcs8 = credential.privateKey.export({ format: 'der', type: 'pkcs8' })
    const key = await importWebKey(Uint8Array.from(pkcs8), credential.algorithm)
    return { ...credential, ...key, counts: credential.counts ?? false }
  })
  return toCxf(await Promise.all(web), exporter, new Date())
}

/** What a text holds that is not held yet. */
export async function takenOf(
  text: string,
  holds: (id: string) => boolean,
): Promise<{ taken: Credential[]; left: LeftOut[] }> {
  const { taken, left } = await importedCredentials(text, (id) => (holds(id) ? 'this authenticator' : undefined))
  return {
    taken: taken.map(({ cose: _, spki: __, privateKey, ...credential }) => ({
      ...credential,
      privateKey: KeyObject.from(privateKey),
    })),
    left,
  }
}
