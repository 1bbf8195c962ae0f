import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/browser'
import { inputsFromJson } from '#lib/sdk/credentials/extension-bytes.ts'
import type { Sendable } from '#lib/webauthn/authenticator/draft.ts'
import { fromBase64url } from '#lib/webauthn/decode/bytes.ts'

type Json = Sendable<RegistrationResponseJSON> | Sendable<AuthenticationResponseJSON>

/** What a page finds as `AuthenticatorAttestationResponse` while software authenticators answer. */
export class SoftwareAttestationResponse {
  readonly clientDataJSON: ArrayBuffer
  readonly attestationObject: ArrayBuffer
  readonly #json: RegistrationResponseJSON['response']

  constructor(json: RegistrationResponseJSON['response']) {
    this.#json = json
    this.clientDataJSON = bufferOf(json.clientDataJSON)
    this.attestationObject = bufferOf(json.attestationObject)
  }

  getAuthenticatorData() {
    return bufferOf(this.#json.authenticatorData ?? '')
  }

  getPublicKey() {
    return this.#json.publicKey === undefined ? null : bufferOf(this.#json.publicKey)
  }

  getPublicKeyAlgorithm() {
    return this.#json.publicKeyAlgorithm
  }

  getTransports() {
    return [...(this.#json.transports ?? [])].sort()
  }
}

/** The same as `AuthenticatorAssertionResponse`. */
export class SoftwareAssertionResponse {
  readonly clientDataJSON: ArrayBuffer
  readonly authenticatorData: ArrayBuffer
  readonly signature: ArrayBuffer
  readonly userHandle: ArrayBuffer | null

  constructor(json: AuthenticationResponseJSON['response']) {
    this.clientDataJSON = bufferOf(json.clientDataJSON)
    this.authenticatorData = bufferOf(json.authenticatorData)
    this.signature = bufferOf(json.signature)
    this.userHandle = json.userHandle === undefined ? null : bufferOf(json.userHandle)
  }
}

/**
 * A credential as browsers give it: bytes in buffers, methods, and its own JSON.
 *
 * @see https://www.w3.org/TR/webauthn-3/#iface-pkcredential
 */
export class SoftwareCredential {
  readonly id: string
  readonly rawId: ArrayBuffer
  readonly type: string
  readonly authenticatorAttachment: string
  readonly response: SoftwareAttestationResponse | SoftwareAssertionResponse
  readonly #json: Json

  constructor(json: Json) {
    const response =
      'transports' in json.response && json.response.transports
        ? { ...json.response, transports: [...json.response.transports].sort() }
        : json.response
    this.#json = { ...json, response } as Json
    this.id = json.id
    this.rawId = bufferOf(json.rawId)
    this.type = json.type
    this.authenticatorAttachment = json.authenticatorAttachment
    this.response =
      'attestationObject' in json.response
        ? new SoftwareAttestationResponse(json.response)
        : new SoftwareAssertionResponse(json.response)
  }

  getClientExtensionResults() {
    return inputsFromJson(this.#json.clientExtensionResults) ?? {}
  }

  toJSON(): Json {
    return structuredClone(this.#json)
  }
}

function bufferOf(base64url: string): ArrayBuffer {
  return (fromBase64url(base64url) ?? new Uint8Array()).buffer
}
