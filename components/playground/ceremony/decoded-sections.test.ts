import { encode } from 'cborg'
import { expect, test } from 'vitest'
import { acmeCertificate } from '#lib/webauthn/decode/x509/samples.ts'
import { rowsOf, unfolded } from '../../ui/decoded-tree-rows.ts'
import type { Message } from '../run.ts'
import { sectionsOf } from './decoded-sections.ts'

const base64url = (text: string | Uint8Array) => Buffer.from(text).toString('base64url')
const message = (id: Message['id'], body: unknown): Message => ({
  id,
  from: 'browser',
  to: 'server',
  label: id,
  at: 0,
  body,
})
const response = {
  clientDataJSON: base64url(JSON.stringify({ type: 'webauthn.get', challenge: 'AAAA', origin: 'http://localhost' })),
  authenticatorData: base64url(new Uint8Array(37)),
  signature: base64url(new Uint8Array(64)),
  userHandle: 'AAAA',
}
const credential = { id: 'AAAA', rawId: 'AAAA', type: 'public-key', response }
const titles = async (body: unknown, id: Message['id'] = 'credential') =>
  (await sectionsOf(message(id, body))).map(({ title }) => title)

test('an assertion is read structure by structure, then what is around them', async () => {
  expect(await titles(credential)).toEqual(['clientDataJSON', 'authenticatorData', 'signature', 'credential'])
  expect((await titles({ ceremonyId: 'c', credential }, 'finish'))[0]).toBe('request')
})

test('what the browser took out of an attestation object is not read twice', async () => {
  const { clientDataJSON, authenticatorData } = response
  const registration = { clientDataJSON, authenticatorData, attestationObject: 'oA', publicKey: 'AAAA' }
  const shown = await titles({ ...credential, response: registration })
  expect(shown).toEqual(['clientDataJSON', 'attestationObject', 'credential'])
})

test('a statement is read to its last part, and its certificates are folded', async () => {
  const x5c = [acmeCertificate]
  const attestationObject = base64url(
    encode({ fmt: 'fido-u2f', attStmt: { sig: new Uint8Array(), x5c }, authData: new Uint8Array(37) }),
  )
  const sections = await sectionsOf(message('credential', { ...credential, response: { attestationObject } }))
  const statement = sections[0]?.node.children?.find(({ name }) => name === 'attStmt')
  const certificate = statement?.children?.find(({ name }) => name === 'x5c')?.children?.[0]
  expect(certificate).toMatchObject({ name: 'x5c[0]', folded: true, value: expect.stringContaining('CN=Acme Key 1') })
  const rows = rowsOf({ name: 'attStmt', children: statement?.children ?? [] })
  const path = rows.find(({ node }) => node.folded)?.path ?? ''
  const names = (opened: string[]) => unfolded(rows, new Set(opened)).map(({ node }) => node.name)
  expect(names([])).toEqual(['sig', 'x5c', 'x5c[0]'])
  expect(names([path])).toContain('id-fido-gen-ce-aaguid')
})

test('Copy takes each structure as it stands in the message', async () => {
  const sections = await sectionsOf(message('credential', credential))
  expect(sections.find(({ title }) => title === 'authenticatorData')?.copy).toBe(response.authenticatorData)
})

test('a structure that is no base64url becomes a section that says so', async () => {
  const broken = { ...credential, response: { ...response, signature: '=!=' } }
  const section = (await sectionsOf(message('credential', broken))).find(({ title }) => title === 'signature')
  expect(section?.node.error).toBe('it is not base64url')
})

test.each([undefined, null, 'text', 7, [], {}])('a message of %j is no error', async (body) => {
  expect(await sectionsOf(message('answer', body))).toHaveLength(1)
})

test('every option of the catalogue is explained', async () => {
  const publicKey = { challenge: 'AAAA', timeout: 1, authenticatorSelection: { residentKey: 'required' } }
  const [section] = await sectionsOf(message('options', { ceremonyId: 'c', publicKey }))
  const options = section?.node.children?.find(({ name }) => name === 'publicKey')?.children ?? []
  expect(options.every(({ note }) => note)).toBe(true)
  expect(options.at(-1)?.children?.[0]?.note).toBe('a discoverable passkey, or fail')
})
