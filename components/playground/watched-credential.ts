import { bufferOf } from '#lib/sdk/credentials/extension-bytes.ts'
import { toBase64url } from '#lib/webauthn/decode/bytes.ts'
import type { CeremonyKind } from '#lib/webauthn/options.ts'
import type { ProviderBug, SeenCredential } from '#lib/webauthn/provider-bugs/index.ts'
import { softwareOf } from './authenticator/made-by-software.ts'

/** Looks at the object that the browser gave, while it is there, and compares its parts once they are put together. */
export class WatchedCredential {
  readonly #kind: CeremonyKind
  #own: Pick<SeenCredential, 'native' | 'methods'> = {}

  /** The software authenticator that made it, where it was one. */
  software: string | undefined

  constructor(kind: CeremonyKind) {
    this.#kind = kind
  }

  /** Reads the object. Never throws. */
  readonly look = (credential: PublicKeyCredential) => {
    this.software = softwareOf(credential)
    const response = credential.response as Partial<AuthenticatorAttestationResponse>
    const methods = {
      transports: read(() => response.getTransports?.()),
      publicKeyAlgorithm: read(() => response.getPublicKeyAlgorithm?.()),
      publicKey: read(() => text(response.getPublicKey?.())),
      authenticatorData: read(() => text(response.getAuthenticatorData?.())),
    }
    this.#own = { ...nativeOf(credential), ...(this.#kind === 'registration' ? { methods } : {}) }
  }

  /** What is wrong with the object, given what was made of it member by member. Never throws. */
  async bugs(byHand: object): Promise<ProviderBug[]> {
    try {
      const { providerBugs } = await import('#lib/webauthn/provider-bugs/index.ts')
      return providerBugs({ kind: this.#kind, byHand, ...this.#own } as SeenCredential)
    } catch {
      return []
    }
  }
}

function nativeOf(credential: PublicKeyCredential): Pick<SeenCredential, 'native'> {
  if (typeof credential.toJSON !== 'function') return {}
  try {
    return { native: { json: JSON.parse(JSON.stringify(credential.toJSON())) } }
  } catch (error) {
    return { native: { threw: error instanceof Error ? error.name : String(error) } }
  }
}

function read<Value>(value: () => Value): Value | undefined {
  try {
    return value()
  } catch {
    return undefined
  }
}

function text(bytes: unknown): string | undefined {
  const buffer = bufferOf(bytes)
  return buffer && toBase64url(new Uint8Array(buffer))
}
