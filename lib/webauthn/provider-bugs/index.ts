import { algorithmLabel } from '../algorithms.ts'
import { brief, compared } from '../checks/brief.ts'
import { type CosePublicKey, decodeAttestationObject, equalBytes, fromBase64url, toBase64url } from '../decode/index.ts'
import { dictionary } from '../dictionary.ts'
import { level3 } from '../specifications.ts'
import { resultBugs } from './result-bugs.ts'
import type { ProviderBug, SeenCredential } from './seen-credential.ts'

export type { ProviderBug, SeenCredential } from './seen-credential.ts'

/**
 * What is wrong with a credential object, apart from what it proves: its own JSON against that made by hand, the parts that
 * it repeats against where they come from, and the forms of its lists and extension results. Empty where all agrees.
 */
export function providerBugs(seen: SeenCredential): ProviderBug[] {
  const json = dictionary(seen.byHand) ?? {}
  const response = dictionary(json.response) ?? {}
  return [
    ...nativeBugs(seen),
    ...(json.id === json.rawId
      ? []
      : [difference('id', 'id is rawId in base64url', json.rawId, json.id, 'dom-publickeycredential-identifier-slot')]),
    ...(seen.kind === 'registration' ? registrationBugs(seen, json, response) : handleBugs(response)),
    ...resultBugs(dictionary(json.clientExtensionResults) ?? {}),
  ]
}

/** The credential’s own JSON must be the one that its parts make. */
function nativeBugs({ native, byHand }: SeenCredential): ProviderBug[] {
  if (!native) return []
  const spec = 'dom-publickeycredential-tojson'
  if ('threw' in native)
    return [difference('to-json', 'toJSON() gives JSON', 'a dictionary', `threw ${brief(native.threw)}`, spec)]
  const own = flat(native.json)
  const made = flat(byHand)
  return [...new Set([...made.keys(), ...own.keys()])]
    .filter((path) => made.get(path) !== own.get(path))
    .map((path) => {
      const [expected, actual] = [made, own].map((leaves) => shown(path, leaves.get(path)))
      return difference(`to-json ${path}`, `${path} in toJSON() is what the object holds`, expected, actual, spec)
    })
}

/** A leaf as JSON text. What an extension gave may be a secret, but for yes and no. */
function shown(path: string, leaf: string | undefined): string | undefined {
  const open = !path.startsWith('clientExtensionResults') || leaf === 'true' || leaf === 'false'
  return leaf === undefined || open ? leaf : 'not shown'
}

/** Every leaf by its path, as JSON text. What is empty, or null, is as good as absent. */
function flat(value: unknown, path = '', leaves = new Map<string, string>()): Map<string, string> {
  const members = dictionary(value)
  if (members)
    for (const [name, member] of Object.entries(members)) flat(member, path ? `${path}.${name}` : name, leaves)
  else if (value !== undefined && value !== null) leaves.set(path, JSON.stringify(value) ?? '')
  return leaves
}

function registrationBugs({ methods = {} }: SeenCredential, json: Json, response: Json): ProviderBug[] {
  const { value } = decodeAttestationObject(bytesOf(response.attestationObject))
  const attested = value?.authenticatorData?.value?.attestedCredentialData
  const bugs: ProviderBug[] = transportBugs(methods.transports)
  if (!value || !attested) return bugs
  const id = toBase64url(attested.credentialId)
  if (json.rawId !== id)
    bugs.push(
      difference(
        'attested-id',
        'rawId is the ID that the authenticator made',
        id,
        json.rawId,
        'sctn-attested-credential-data',
      ),
    )
  if (methods.authenticatorData !== undefined && !equalBytes(bytesOf(methods.authenticatorData), value.authData))
    bugs.push(
      difference(
        'authenticator-data',
        'getAuthenticatorData() gives what stands in the attestation object',
        toBase64url(value.authData),
        methods.authenticatorData,
        'dom-authenticatorattestationresponse-getauthenticatordata',
      ),
    )
  const { publicKey } = attested
  if (!publicKey) return bugs
  if (methods.publicKeyAlgorithm !== undefined && methods.publicKeyAlgorithm !== publicKey.alg)
    bugs.push(
      difference(
        'algorithm',
        'getPublicKeyAlgorithm() is the key’s own',
        algorithmLabel(publicKey.alg),
        methods.publicKeyAlgorithm,
        'dom-authenticatorattestationresponse-getpublickeyalgorithm',
      ),
    )
  if (methods.publicKey !== undefined && !holds(bytesOf(methods.publicKey), publicKey))
    bugs.push(
      difference(
        'public-key',
        'getPublicKey() is the key in the authenticator data',
        'the same key as SPKI',
        methods.publicKey,
        'dom-authenticatorattestationresponse-getpublickey',
      ),
    )
  return bugs
}

type Json = Readonly<Record<string, unknown>>

const knownTransports = ['ble', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb']

function transportBugs(transports: unknown): ProviderBug[] {
  if (transports === undefined) return []
  const spec = 'dom-authenticatorattestationresponse-gettransports'
  const bug = (id: string, what: string, expected: string) => difference(id, what, expected, transports, spec)
  if (!Array.isArray(transports)) return [bug('transports', 'getTransports() gives a list', 'a list')]
  const unknown = transports.filter((each) => !knownTransports.includes(each))
  return [
    ...(unknown.length
      ? [bug('transports-known', 'getTransports() names transports', knownTransports.join(', '))]
      : []),
    ...(new Set(transports).size < transports.length
      ? [bug('transports-unique', 'getTransports() names each once', 'no name twice')]
      : []),
    ...(transports.some((each, at) => at > 0 && transports[at - 1] > each)
      ? [bug('transports-order', 'getTransports() is in alphabetical order', transports.toSorted().join(', '))]
      : []),
  ]
}

function handleBugs({ userHandle }: Json): ProviderBug[] {
  return userHandle === ''
    ? [
        difference(
          'user-handle',
          'userHandle is null where there is none',
          'null',
          'no bytes',
          'dom-authenticatorassertionresponse-userhandle',
        ),
      ]
    : []
}

/** Whether an SPKI holds a key’s own bytes, where those stand whole in it. */
function holds(spki: Uint8Array, { x, y, n, pub }: CosePublicKey): boolean {
  const own = n ?? pub ?? (x && y ? Uint8Array.of(4, ...x, ...y) : x)
  if (!own) return true
  const last = spki.length - own.length
  for (let at = 0; at <= last; at++) if (equalBytes(spki.subarray(at, at + own.length), own)) return true
  return false
}

function bytesOf(text: unknown): Uint8Array {
  return (typeof text === 'string' ? fromBase64url(text) : null) ?? new Uint8Array()
}

function difference(id: string, what: string, expected: unknown, actual: unknown, anchor: string): ProviderBug {
  const texts =
    typeof expected === 'string' ? compared(expected, actual) : { expected: brief(expected), actual: brief(actual) }
  return { id, what, ...texts, spec: `${level3}#${anchor}` }
}
