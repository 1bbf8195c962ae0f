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

test('buffers in extension results become base64url', () => {
  expect(resultsToJson({ prf: { results: { first: new Uint8Array([0, 1, 2]).buffer } } })).toEqual({
    prf: { results: { first: 'AAEC' } },
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
