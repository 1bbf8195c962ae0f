import { expect, test } from 'vitest'
import { newEncryptionKey, open, seal } from './sealed-share.ts'

test('a sealed share opens for its receiver, its sender, its way and its first round alone', async () => {
  const { pair, publicKey } = await newEncryptionKey()
  const other = await newEncryptionKey()
  const way = { transcript: new Uint8Array(32), from: 'device', to: 'server' } as const
  const share = crypto.getRandomValues(new Uint8Array(32))
  const sealed = await seal(share, publicKey, way)
  expect(sealed).toMatchObject({ from: 'device', to: 'server' })
  expect(Buffer.from(sealed.ciphertext).includes(Buffer.from(share))).toBe(false)
  for (const wrong of [
    { ...way, transcript: new Uint8Array(32).fill(1) },
    { ...way, from: 'recovery' as const },
    { ...way, to: 'recovery' as const },
  ]) {
    const refused = { reason: 'share_invalid', party: wrong.from }
    await expect(open(sealed, pair, wrong)).rejects.toMatchObject(refused)
  }
  await expect(open(sealed, other.pair, way)).rejects.toMatchObject({ reason: 'share_invalid', party: 'device' })
  await expect(open(sealed, pair, way)).resolves.toEqual(share)
  expect(await seal(share, publicKey, way)).not.toEqual(sealed)
})
