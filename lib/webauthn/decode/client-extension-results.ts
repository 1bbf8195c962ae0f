import { type JsonTree, jsonTree } from './json-tree.ts'
import type { Decoded } from './node.ts'
import { errorsOf } from './tree.ts'

/** What the browser answers to extensions, by the names that lead to each value. */
const notes: Readonly<Record<string, string>> = {
  appid: 'whether the older U2F identifier was used in place of the RP ID',
  appidExclude: 'whether credentials of the older U2F identifier were looked for, too',
  credBlob: 'whether the few bytes were stored',
  credProps: 'properties of the new credential',
  'credProps.rk': 'whether it is discoverable: found without its ID',
  'credProps.authenticatorDisplayName': 'what the authenticator calls itself',
  getCredBlob: 'the few bytes that were stored with the credential',
  hmacCreateSecret: 'whether the credential can make secrets (the older name of prf)',
  hmacGetSecret: 'the secrets (the older name of prf)',
  largeBlob: 'data kept with the credential',
  'largeBlob.supported': 'whether the credential can keep it',
  'largeBlob.blob': 'what was read',
  'largeBlob.written': 'whether it was written',
  minPinLength: 'whether the authenticator tells its shortest PIN',
  payment: 'whether the credential may confirm payments',
  prf: 'secrets that the passkey makes from what it is given',
  'prf.enabled': 'whether the credential can make secrets',
  'prf.results': 'the secrets: whoever has them can decrypt what is encrypted with them',
  'prf.results.first': 'the secret for the first input, 32 bytes',
  'prf.results.second': 'the secret for the second input, 32 bytes',
  uvm: 'how the user was verified',
}

/**
 * Reads `clientExtensionResults`, JSON: what the browser answers to extensions. It is not signed. `value` is there when it is
 * whole.
 *
 * @see https://www.w3.org/TR/webauthn-3/#client-extension-output
 */
export function decodeClientExtensionResults(bytes: Uint8Array): Decoded<Record<string, unknown>> {
  const { node, value, error }: JsonTree = jsonTree(new TextDecoder().decode(bytes), (path) =>
    Object.hasOwn(notes, path) ? (notes[path] ?? '') : '',
  )
  const named = {
    ...node,
    name: 'clientExtensionResults',
    spec: 'https://www.w3.org/TR/webauthn-3/#client-extension-output',
  }
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  if (!error && !isObject) named.error = 'an object is needed'
  return {
    node: named,
    errors: errorsOf(named),
    ...(!error && isObject && { value: value as Record<string, unknown> }),
  }
}
