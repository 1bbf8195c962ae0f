import type { Page } from '@playwright/test'
import { expect, test } from 'vitest'
import { SoftwareAuthenticator } from './authenticator.ts'
import { ContextAuthenticator } from './context-authenticator.ts'
import type { VirtualCredential } from './page-authenticator.ts'

/** A page whose context notes the passkeys that it is given. */
function page() {
  const given: [rpId: string, more: object][] = []
  const credentials = {
    install: async () => undefined,
    create: async (rpId: string, more: object) => given.push([rpId, more]),
  }
  return { given, page: { context: () => ({ credentials }) } as unknown as Page }
}

test('what it is always like may be asked for by name, and nothing else', async () => {
  const like = { defaultBackupEligibility: false, hasPrf: false, hasLargeBlob: false, transport: 'internal' } as const
  await ContextAuthenticator.attach(page().page, like)
  const other = { hasPrf: true, defaultBackupEligibility: true, transport: 'usb' } as const
  await expect(ContextAuthenticator.attach(page().page, other)).rejects.toThrow(
    'It was asked for hasPrf, defaultBackupEligibility, transport.',
  )
})

test('it takes a device-bound passkey in, and no synced one, which it would call device-bound', async () => {
  const { given, page: own } = page()
  const authenticator = await ContextAuthenticator.attach(own)
  const { credentials } = new SoftwareAuthenticator({ origin: 'http://localhost:3000' })
  credentials.add({ rpId: 'localhost', backupEligible: true })
  credentials.add({ rpId: 'localhost' })
  const [synced, bound] = credentials.export()
  if (!synced || !bound) throw new Error('nothing was exported')
  await expect(authenticator.add(synced)).rejects.toThrow('no synced passkeys')
  await authenticator.add(bound)
  expect(given).toEqual([['localhost', expect.objectContaining({ signCount: 0 })]])
})

test('what it would answer for otherwise than whose passkey it is, it does not take in', async () => {
  const { given, page: own } = page()
  const authenticator = await ContextAuthenticator.attach(own)
  const { credentials } = new SoftwareAuthenticator({ origin: 'http://localhost:3000' })
  for (const input of [{ algorithm: -8 }, { discoverable: false }]) credentials.add({ rpId: 'localhost', ...input })
  const [ed25519, listed] = credentials.export() as [VirtualCredential, VirtualCredential]
  await expect(authenticator.add(ed25519)).rejects.toThrow('signs with ES256 alone')
  await expect(authenticator.add(listed)).rejects.toThrow('takes passkeys alone')
  await expect(authenticator.setBackup('AAAA', { backupState: true })).rejects.toThrow('Chromium’s can')
  expect(given).toEqual([])
})
