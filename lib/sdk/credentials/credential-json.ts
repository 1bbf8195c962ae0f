import {
  type AuthenticationResponseJSON,
  bufferToBase64URLString,
  type RegistrationResponseJSON,
} from '@simplewebauthn/browser'
import { UnreadableCredential } from './credential-errors.ts'
import { bufferOf, resultsToJson } from './extension-bytes.ts'

/**
 * A new credential as JSON. Password managers answer with objects of their own making: a method that is missing or throws
 * leaves its member out, since the server reads all of it from the attestation object.
 *
 * @throws UnreadableCredential without the members that a registration cannot do without
 * @see https://www.w3.org/TR/webauthn-3/#dom-publickeycredential-tojson
 */
export function registrationJson(credential: PublicKeyCredential): RegistrationResponseJSON {
  const response = credential.response as AuthenticatorAttestationResponse
  return {
    ...outerMembers(credential),
    response: {
      clientDataJSON: required(response.clientDataJSON, 'clientDataJSON'),
      attestationObject: required(response.attestationObject, 'attestationObject'),
      ...present('transports', () => listOf(response.getTransports())),
      ...present('publicKeyAlgorithm', () => response.getPublicKeyAlgorithm()),
      ...present('publicKey', () => encoded(response.getPublicKey())),
      ...present('authenticatorData', () => encoded(response.getAuthenticatorData())),
    },
  } as RegistrationResponseJSON
}

/**
 * An assertion as JSON, read as carefully.
 *
 * @throws UnreadableCredential without the members that a sign-in cannot do without
 */
export function authenticationJson(credential: PublicKeyCredential): AuthenticationResponseJSON {
  const response = credential.response as AuthenticatorAssertionResponse
  return {
    ...outerMembers(credential),
    response: {
      clientDataJSON: required(response.clientDataJSON, 'clientDataJSON'),
      authenticatorData: required(response.authenticatorData, 'authenticatorData'),
      signature: required(response.signature, 'signature'),
      ...present('userHandle', () => encoded(response.userHandle)),
    },
  } as AuthenticationResponseJSON
}

function outerMembers(credential: PublicKeyCredential) {
  const rawId = required(credential.rawId, 'rawId')
  const { authenticatorAttachment: attachment } = credential
  return {
    id: credential.id ?? rawId,
    rawId,
    type: 'public-key',
    clientExtensionResults: read(() => resultsToJson(credential.getClientExtensionResults())) ?? {},
    ...(attachment === 'platform' || attachment === 'cross-platform' ? { authenticatorAttachment: attachment } : {}),
  }
}

function required(bytes: unknown, name: string): string {
  const text = encoded(bytes)
  if (!text) throw new UnreadableCredential(`The credential has no ${name}.`)
  return text
}

function present<Value>(name: string, value: () => Value): Record<string, Value> {
  const given = read(value)
  return given === undefined || given === null ? {} : { [name]: given }
}

function read<Value>(value: () => Value): Value | undefined {
  try {
    return value()
  } catch {
    return undefined
  }
}

function encoded(bytes: unknown): string | undefined {
  const buffer = bufferOf(bytes)
  return buffer && bufferToBase64URLString(buffer)
}

function listOf(value: unknown): unknown[] | undefined {
  return Array.isArray(value) ? value : undefined
}
