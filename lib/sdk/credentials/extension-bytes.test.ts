import { expect, test } from 'vitest'
import { inputsFromJson, resultsToJson, withoutPrfResults } from './extension-bytes.ts'

test('bytes in extension inputs become buffers, everything else stays', () => {
  const inputs = inputsFromJson({
    credProps: true,
    prf: { eval: { first: 'AAEC' } },
    largeBlob: { support: 'required' },
  })
  expect(inputs).toMatchObject({ credProps: true, largeBlob: { support: 'required' } })
  expect([...new Uint8Array((inputs as { prf: { eval: { first: ArrayBuffer } } }).prf.eval.first)]).toEqual([0, 1, 2])
})

const bytes = new Uint8Array([0, 1, 2]).buffer

test.each<[input: string, json: object, forBrowser: object]>([
  [
    'prf.eval',
    { prf: { eval: { first: 'AAEC', second: 'AAEC' } } },
    { prf: { eval: { first: bytes, second: bytes } } },
  ],
  [
    'prf.evalByCredential',
    { prf: { evalByCredential: { AQ: { first: 'AAEC' } } } },
    { prf: { evalByCredential: { AQ: { first: bytes } } } },
  ],
  ['largeBlob.support', { largeBlob: { support: 'required' } }, { largeBlob: { support: 'required' } }],
  ['largeBlob.read', { largeBlob: { read: true } }, { largeBlob: { read: true } }],
  ['largeBlob.write', { largeBlob: { write: 'AAEC' } }, { largeBlob: { write: bytes } }],
  ['credBlob', { credBlob: 'AAEC' }, { credBlob: bytes }],
  ['getCredBlob', { getCredBlob: true }, { getCredBlob: true }],
  [
    'credProtect',
    { credentialProtectionPolicy: 'userVerificationRequired', enforceCredentialProtectionPolicy: true },
    { credentialProtectionPolicy: 'userVerificationRequired', enforceCredentialProtectionPolicy: true },
  ],
  ['appid', { appid: 'https://localhost/AAEC' }, { appid: 'https://localhost/AAEC' }],
  ['what is not known', { uvm: true, other: { write: 'AAEC' } }, { uvm: true, other: { write: 'AAEC' } }],
])('the input of %s is as the browser wants it', (_, json, forBrowser) => {
  const inputs = inputsFromJson(json as Record<string, unknown>)
  expect(inputs).toEqual(forBrowser)
  expect(resultsToJson(inputs)).toEqual(json)
})

test('buffers in extension results become base64url', () => {
  const results = {
    prf: { results: { first: bytes } },
    largeBlob: { blob: bytes, written: true },
    getCredBlob: bytes,
    credBlob: true,
    appid: false,
  }
  expect(resultsToJson(results)).toEqual({
    prf: { results: { first: 'AAEC' } },
    largeBlob: { blob: 'AAEC', written: true },
    getCredBlob: 'AAEC',
    credBlob: true,
    appid: false,
  })
})

test('what a PRF evaluated is not sent to the server', () => {
  const credential = {
    id: 'x',
    clientExtensionResults: { credProps: { rk: true }, prf: { enabled: true, results: { first: 'AAEC' } } },
  }
  expect(withoutPrfResults(credential).clientExtensionResults).toEqual({
    credProps: { rk: true },
    prf: { enabled: true },
  })
})
