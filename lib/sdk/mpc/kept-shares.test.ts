import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { fileShares } from './file-shares.ts'
import { passphraseShares, prfShares } from './index.ts'
import { message, never, newMpc, verifies } from './mpc-for-tests.ts'
import type { ShareRecord } from './share-records.ts'

test('a share in a file is there for the next process, readable by its owner alone', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'mpc-shares-'))
  const path = join(directory, 'shares.json')
  await writeFile(`${path}.new`, 'left by a process that was killed', { mode: 0o644 })
  const { mpc, open } = newMpc({ shares: fileShares(path) })
  const [key] = await Promise.all([mpc.keys.generate(never), mpc.keys.generate(never)])
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  expect(Object.keys(JSON.parse(await readFile(path, 'utf8')))).toHaveLength(2)
  const { signature } = await open(fileShares(path)).sign(key.id, message)
  expect(verifies(key, signature, message)).toBe(true)
  await rm(directory, { recursive: true })
})

/** Records as a browser keeps them. */
function recordsInMemory() {
  const stored = new Map<string, ShareRecord>()
  const records = {
    find: async (name: string) => stored.get(name),
    save: async (name: string, record: ShareRecord) => void stored.set(name, record),
    remove: async (name: string) => void stored.delete(name),
  }
  return { stored, records }
}

test('a share under a passphrase opens with that passphrase, for its own key and tenant', async () => {
  const { stored, records } = recordsInMemory()
  const { mpc, open } = newMpc({ shares: passphraseShares('correct horse', records) })
  const [key, other] = [await mpc.keys.generate(never), await mpc.keys.generate(never)]
  expect(JSON.stringify([...stored.values()])).not.toContain('verifyingShares')
  const { signature } = await open(passphraseShares('correct horse', records)).sign(key.id, message)
  expect(verifies(key, signature, message)).toBe(true)
  const sealed = { reason: 'share_sealed' }
  await expect(open(passphraseShares('battery staple', records)).sign(key.id, message)).rejects.toMatchObject(sealed)
  const [first, second] = [...stored.keys()] as [string, string]
  stored.set(first, stored.get(second) as ShareRecord)
  await expect(mpc.sign(key.id, message)).rejects.toMatchObject(sealed)
  expect(verifies(other, (await mpc.sign(other.id, message)).signature, message)).toBe(true)
})

describe('under a passkey’s PRF', () => {
  const place = { tenantId: 'tnt_1', environment: 'test', userId: 'usr_1' }

  /** A browser with passkeys of these names; what has a capital letter has a PRF. It hands out the first that is allowed. */
  function browser(...passkeys: string[]) {
    const asks: string[][] = []
    const credential = ({ allowCredentials }: Record<string, unknown>) => {
      const ids = (allowCredentials as { id: string }[]).map(({ id }) => id)
      asks.push(ids)
      const id = passkeys.find((one) => ids.length === 0 || ids.includes(one))
      if (!id) throw new DOMException('Nobody answered.', 'NotAllowedError')
      const results = { first: Buffer.alloc(32, id).toString('base64url') }
      return { id, clientExtensionResults: id === id.toLowerCase() ? {} : { prf: { results } } } as never
    }
    return { asks, credential }
  }

  test('a share opens with the passkey that sealed it, which is named where another is there', async () => {
    const { records } = recordsInMemory()
    const { credential, asks } = browser('Blue', 'Red')
    const { mpc, open } = newMpc({ shares: prfShares({ rpId: 'a', records, credential, credentialIds: ['Blue'] }) })
    const key = await mpc.keys.generate(never)
    await mpc.sign(key.id, message)
    expect(asks).toEqual([['Blue']])
    const later = prfShares({ rpId: 'a', records, credential })
    expect(await later.opener?.({ ...place, keyId: key.id })).toEqual({ by: 'passkey', credentialId: 'Blue' })
    await later.assertion?.take(credential({ allowCredentials: [{ id: 'Red' }] }))
    expect(verifies(key, (await open(later).sign(key.id, message)).signature, message)).toBe(true)
    for (const others of [browser('Red'), browser()]) {
      const stranger = open(prfShares({ rpId: 'a', records, credential: others.credential }))
      await expect(stranger.sign(key.id, message)).rejects.toMatchObject({
        reason: 'share_sealed',
        message: expect.stringContaining('Blue'),
      })
    }
  })

  test('a share is sealed anew for another passkey, and the one before opens it no more', async () => {
    const { records } = recordsInMemory()
    const { credential } = browser('Blue', 'Red', 'plain')
    const shares = prfShares({ rpId: 'a', records, credential, credentialIds: ['Blue'] })
    const { mpc, open } = newMpc({ shares })
    const key = await mpc.keys.generate(never)
    const here = { ...place, keyId: key.id }
    await expect(shares.reseal(here, 'plain')).rejects.toMatchObject({ reason: 'prf_missing' })
    expect(await shares.opener?.(here)).toMatchObject({ credentialId: 'Blue' })
    await shares.reseal(here, 'Red')
    expect(await shares.opener?.(here)).toMatchObject({ credentialId: 'Red' })
    const withOnly = (name: string) => open(prfShares({ rpId: 'a', records, credential: browser(name).credential }))
    await expect(withOnly('Blue').sign(key.id, message)).rejects.toMatchObject({ reason: 'share_sealed' })
    expect(verifies(key, (await withOnly('Red').sign(key.id, message)).signature, message)).toBe(true)
  })

  test('a passkey without a PRF is refused before there is a key, or a passphrase takes its place', async () => {
    const { records } = recordsInMemory()
    const { credential } = browser('plain')
    const { open, seen } = newMpc()
    await expect(open(prfShares({ rpId: 'a', records, credential })).keys.generate(never)).rejects.toMatchObject({
      reason: 'prf_missing',
    })
    expect(seen).toEqual([])
    const under = (text: string) => open(prfShares({ rpId: 'a', records, credential, passphrase: () => text }))
    const key = await under('correct horse').keys.generate(never)
    expect(verifies(key, (await under('correct horse').sign(key.id, message)).signature, message)).toBe(true)
    await expect(under('battery staple').sign(key.id, message)).rejects.toMatchObject({ reason: 'share_sealed' })
  })
})
