import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** What the page of WebAuthn Level 3 has: each was looked up in it. A new one is looked up, and then written here. */
const level3 = words(`
  authdata-flags authenticator-extension-output authn-ceremony-verify-extension-outputs client-extension-output
  client-side-discoverable-credential clientdatajson-serialization credential-id
  dictdef-authenticationextensionsclientinputsjson dictdef-authenticationextensionsprfvalues
  dictdef-collectedclientdata dictdef-publickeycredentialcreationoptions dictdef-publickeycredentialrequestoptions
  dictionary-client-data discoverable-credential dom-attestationconveyancepreference-direct
  dom-attestationconveyancepreference-enterprise dom-attestationconveyancepreference-none
  dom-authenticationextensionslargebloboutputs-blob dom-authenticationextensionslargebloboutputs-supported
  dom-authenticationextensionslargebloboutputs-written dom-authenticationextensionsprfoutputs-enabled
  dom-authenticatorassertionresponse-userhandle dom-authenticatorattestationresponse-getauthenticatordata
  dom-authenticatorattestationresponse-getpublickey dom-authenticatorattestationresponse-getpublickeyalgorithm
  dom-authenticatorattestationresponse-gettransports dom-authenticatorselectioncriteria-requireresidentkey
  dom-credentialpropertiesoutput-rk dom-publickeycredential-identifier-slot dom-publickeycredential-rawid
  dom-publickeycredential-tojson dom-publickeycredentialcreationoptions-attestationformats
  dom-publickeycredentialcreationoptions-excludecredentials dom-publickeycredentialcreationoptions-pubkeycredparams
  dom-publickeycredentialcreationoptions-timeout dom-publickeycredentialrequestoptions-allowcredentials
  dom-publickeycredentialrequestoptions-rpid dom-publickeycredentialrpentity-id dom-publickeycredentialuserentity-id
  enum-attestation-convey enum-clientCapability enum-hints enum-residentKeyRequirement
  enum-userVerificationRequirement enumdef-authenticatorattachment enumdef-publickeycredentialtype iface-pkcredential
  fig-signature prf-extension reg-ceremony-assess-trust reg-ceremony-attestation-trust-anchors reg-ceremony-verify-attestation
  reg-ceremony-verify-extension-outputs rp-id rp-op-registering-a-new-credential-step-origin
  rp-op-verifying-assertion-step-origin rp-op-verifying-assertion-step-rpid-hash sctn-alg-identifier
  sctn-android-key-attestation sctn-appid-exclude-extension sctn-appid-extension sctn-attestation
  sctn-attestation-formats sctn-attested-credential-data sctn-authenticator-credential-properties-extension
  sctn-authenticator-data sctn-compound-attestation sctn-conformance sctn-create-request-exceptions
  dom-authenticatorselectioncriteria-residentkey
  sctn-createCredential sctn-credential-backup sctn-credential-storage-modality sctn-cryptographic-challenges
  sctn-defined-attestation-formats sctn-defined-client-extensions sctn-defined-extensions
  sctn-discover-from-external-source sctn-encoded-credPubKey-examples
  sctn-fido-u2f-attestation sctn-generating-an-attestation-object sctn-get-request-exceptions
  sctn-large-blob-extension sctn-op-get-assertion sctn-op-make-cred sctn-parseCreationOptionsFromJSON sctn-packed-attestation sctn-packed-attestation-cert-requirements
  sctn-registering-a-new-credential sctn-related-origins sctn-rp-operations sctn-sign-counter sctn-signal-methods
  sctn-signature-attestation-types sctn-timeout-recommended-range sctn-tpm-attestation
  sctn-user-handle-privacy sctn-validating-origin sctn-validating-relation-origin sctn-verifying-assertion
  self-attestation user-handle
`)

/** What the page of CTAP 2.1 has. */
const ctap = words(
  'ctap2-canonical-cbor-encoding-form sctn-credBlob-extension sctn-credProtect-extension sctn-minpinlength-extension',
)

const folders = '{app,components,lib}/**/*.{ts,tsx}'
const linked = (fragment: RegExp) =>
  globSync(folders)
    .filter((file) => !file.endsWith('.test.ts'))
    .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(fragment)].map(([, anchor = '']) => anchor))

test('every anchor of WebAuthn that is linked to is one that its page has', () => {
  const found = linked(/(?:level3\}#|webauthn-3\/#|anchor(?:: | = )'|'(?=(?:dom|dictdef|sctn)-))([\w-]*\w)(?=[^\w-])/g)
  expect(new Set(found).size).toBeGreaterThan(90)
  expect(found.filter((anchor) => !level3.has(anchor))).toEqual([])
})

test('every anchor of CTAP that is linked to is one that its page has', () => {
  expect(new Set(linked(/(?:ctap\}|client-to-authenticator-protocol-[\w.-]+\.html)#([\w-]+)/g))).toEqual(ctap)
})

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/).filter(Boolean))
}
