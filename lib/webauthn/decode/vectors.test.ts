import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { decodeAttestationObject, decodeAuthenticatorData, decodeClientData, toBase64url, toHex } from './index.ts'

/** The test vectors of WebAuthn Level 3, read from a file beside the project. @see https://www.w3.org/TR/webauthn-3/#sctn-test-vectors */
const file = process.env.WEBAUTHN_VECTORS ?? '../shared/vectors/webauthn-l3.json'
const present = existsSync(file)
if (!present) console.log(`The W3C vectors are skipped: there is no file ${file} (WEBAUTHN_VECTORS names another).`)

interface Published {
  challenge: string
  clientDataJSON: string
  clientData: { type: string; challenge: string; origin: string; crossOrigin?: boolean; topOrigin?: string }
  flags: number
}
interface Vector {
  id: string
  registration: Published & { attestationObject: string; aaguid?: string; credential_id: string }
  authentication: Published & { authenticatorData: string; signCount: number }
}

const { vectors }: { vectors: Vector[] } = present ? JSON.parse(readFileSync(file, 'utf8')) : { vectors: [] }
const bytes = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))

function expectClientData(published: Published): void {
  const decoded = decodeClientData(bytes(published.clientDataJSON))
  expect(decoded.errors).toEqual([])
  expect(decoded.value).toEqual(published.clientData)
  expect(decoded.value?.challenge).toBe(toBase64url(bytes(published.challenge)))
}

test.skipIf(!present)('the W3C vectors are all there', () => {
  expect(vectors.length).toBeGreaterThanOrEqual(15)
})

for (const { id, registration, authentication } of vectors) {
  test(`the W3C registration ${id} decodes to what was published`, () => {
    expectClientData(registration)
    const { value, errors } = decodeAttestationObject(bytes(registration.attestationObject))
    expect(errors).toEqual([])
    expect(value?.fmt).toBe(id.match(/^(none|packed|tpm|android-key|apple|fido-u2f)/)?.[0])
    const { flags, signCount, attestedCredentialData } = value?.authenticatorData?.value ?? {}
    expect(flags?.byte).toBe(registration.flags)
    expect(signCount).toBe(0)
    expect(attestedCredentialData?.aaguid.replaceAll('-', '')).toBe(registration.aaguid)
    expect(toHex(attestedCredentialData?.credentialId ?? new Uint8Array())).toBe(registration.credential_id)
    expect(attestedCredentialData?.publicKey).toBeDefined()
  })

  test(`the W3C authentication ${id} decodes to what was published`, () => {
    expectClientData(authentication)
    const { value, errors } = decodeAuthenticatorData(bytes(authentication.authenticatorData))
    expect(errors).toEqual([])
    expect(value?.flags.byte).toBe(authentication.flags)
    expect(value?.signCount).toBe(authentication.signCount)
  })
}
