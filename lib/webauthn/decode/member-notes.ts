import { ownMember } from '../dictionary.ts'
import { webAuthnOptions } from '../options.ts'
import { clientExtensionNotes } from './client-extension-notes.ts'

const words: Readonly<Record<string, string>> = {
  publicKey: 'what navigator.credentials is asked with',
  ceremonyId: 'one use, five minutes: the server finds the challenge by it',
  expiresAt: 'after this the answer comes too late',
  notes: 'what will stand in the way at the end',
  username: 'whose passkey it is to be',
  displayName: 'how the authenticator shows the person',
  options: 'what you set; what is not here keeps its WebAuthn default',
  challenge: 'random, used once: the signature covers it, so an old one cannot be replayed',
  rp: 'the relying party: for whom the passkey is made',
  'rp.id': 'the domain that it works on, and nowhere else',
  'rp.name': 'how the authenticator names the relying party',
  rpId: 'the domain that the passkey must belong to',
  user: 'the account that it is for',
  'user.id': 'the user handle: comes back at every sign-in, never a name',
  'user.name': 'how the person tells accounts apart',
  'user.displayName': 'how the authenticator shows the person',
  authenticatorSelection: 'which authenticators will do',
  'authenticatorSelection.requireResidentKey': 'the same for Level 1 browsers',
  id: 'the credential ID, as text',
  rawId: 'the credential ID, which is the same in base64url',
  type: 'the only type that there is',
  authenticatorAttachment: 'platform is this device, cross-platform a key or another phone',
  clientExtensionResults: 'what the browser did about the extensions asked for',
  transports: 'how to reach this authenticator next time',
  userHandle: 'the user.id of the registration',
  passkey: 'what the server keeps: no secret is in it',
  'passkey.id': 'the server’s id of it, for renaming and deleting',
  'passkey.credentialId': 'the credential ID, which the authenticator chose',
  'passkey.name': 'the server’s name for it, which you can change',
  'passkey.provider': 'who makes that model, where it is known',
  'passkey.aaguid': 'the authenticator’s model',
  'passkey.transports': 'how to reach the authenticator',
  'passkey.algorithm': 'what its signatures are made with',
  'passkey.attestation': 'what the authenticator says about itself',
  'passkey.attestation.format': 'how it says so; none says nothing',
  'passkey.createdAt': 'when it was registered',
  'passkey.lastUsedAt': 'when it last signed in',
  'passkey.deviceType': 'singleDevice stays on one device, multiDevice can sync',
  'passkey.backedUp': 'whether a copy exists elsewhere now',
  'passkey.signCount': 'grows with each use, where the authenticator counts',
  'passkey.attestation.trusted': 'whether a known root vouches for the authenticator',
  'passkey.attestation.source': 'what knew that root: FIDO’s metadata, a trust anchor, or built in',
  'passkey.attestation.root': 'whose that root is',
  'passkey.attestation.status': 'what FIDO’s metadata reported of the model',
  'passkey.attestation.description': 'what FIDO’s metadata calls the model',
  token: 'the JWT, read claim by claim under Token',
  tokenType: 'goes into an Authorization or X-User-Token header as it is',
  expiresIn: 'seconds',
  tenant: 'also in the token, as providerTenantId and providerTenantName',
  checks: 'every step of the verification, under Checks',
  code: 'stable: branch on this, not on the words',
  detail: 'what was wrong this time',
  requestId: 'finds this request in the server’s log',
  status: 'the HTTP status',
  title: 'what kind of problem it is',
}

/** Other meanings of a name in the server’s messages. */
const answered: Readonly<Record<string, string>> = {
  user: 'who signed in, or was registered',
  'user.id': 'the token’s sub',
  'user.username': 'unique in this tenant and environment',
  type: 'names the problem',
  'passkey.type': '',
}

/**
 * What a member of a message means, in plain words; empty when its name says it all.
 *
 * @param path its name behind those of what it stands in, joined by dots
 * @param answer the message is a server’s answer, where some names mean something else
 */
export function memberNote(path: string, value: unknown, answer = false): string {
  const bare = path.replace(/^(?:(?:publicKey|options|credential|response)\.)+/, '')
  const elsewhere = answer ? ownMember(answered, bare) : undefined
  if (elsewhere !== undefined) return elsewhere
  const option = webAuthnOptions.find((entry) => entry.path === bare)
  const [, result = ''] = /^clientExtensionResults\.(.+)/.exec(bare) ?? []
  if (!option) return ownMember(clientExtensionNotes, result) ?? ownMember(words, bare) ?? ''
  return option.values?.find((choice) => choice.value === value)?.note ?? asNote(option.note)
}

/** A sentence of the catalogue in the form of these notes. */
function asNote(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, '')
}
