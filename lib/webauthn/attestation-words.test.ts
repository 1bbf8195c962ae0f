import { expect, test } from 'vitest'
import { attestationWords } from './attestation-words.ts'

const unknown = { format: 'packed', trusted: false, source: null, root: null, status: [], description: null }

test('what became of an attestation is said with who vouched, and with what was reported', () => {
  expect(attestationWords({ ...unknown, format: 'none' }).label).toBe('no attestation')
  expect(attestationWords(unknown)).toEqual({
    label: 'packed attestation, unproven',
    note: expect.stringMatching(/^Nobody vouches for the make and model/),
  })
  const known = { ...unknown, source: 'fido-metadata' as const, root: 'CN=Root', description: 'Acme Key' }
  expect(attestationWords({ ...known, trusted: true, status: ['UPDATE_AVAILABLE'] })).toEqual({
    label: 'packed attestation, trusted',
    note: 'Acme Key: a root in FIDO’s metadata, CN=Root, vouched for the make and model when it was registered. FIDO’s metadata reported UPDATE_AVAILABLE.',
  })
  expect(attestationWords({ ...known, status: ['REVOKED'] })).toEqual({
    label: 'packed attestation, unproven',
    note: expect.stringMatching(/did not count when it was registered.* reported REVOKED\.$/),
  })
})
