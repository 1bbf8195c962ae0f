import { expect, test } from 'vitest'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { type Caller, placeOf } from '../caller.ts'
import { database } from '../db/database.ts'
import { env } from '../env.ts'
import { actFor, createTenant } from '../tenants/tenants.ts'
import { beginAuthentication } from './begin-authentication.ts'
import { beginRegistration } from './begin-registration.ts'
import { find, save, take } from './ceremonies/store.ts'
import { signIn } from './finish-authentication.ts'
import { register } from './finish-registration.ts'
import { findPasskey, findUser } from './store.ts'

const authenticator = new SoftwareAuthenticator({ origin: new URL(env().baseUrl).origin })

async function newCaller(slug: string): Promise<Caller> {
  return actFor((await createTenant({ name: 'Bank', slug })).id, 'live')
}

async function newPasskey(caller: Caller, username: string) {
  const { ceremonyId, publicKey } = await beginRegistration(caller, { username })
  return (await register(caller, { ceremonyId, credential: authenticator.create(publicKey) as never })).passkey
}

async function assertionOf(caller: Caller, username: string) {
  const { ceremonyId, publicKey } = await beginAuthentication(caller, { username })
  return { ceremonyId, credential: authenticator.get(publicKey) as never }
}

test('a passkey and a user are found as they are stored, and only in their place', async () => {
  const [caller, other] = [await newCaller('bank-found'), await newCaller('bank-other')]
  const [first, second] = [await newPasskey(caller, 'ada'), await newPasskey(caller, 'grace')]
  await signIn(caller, await assertionOf(caller, 'ada'))
  for (const { credentialId } of [first, second]) {
    const found = await findPasskey(placeOf(caller), credentialId)
    const stored = await (await database()).passkey.findFirstOrThrow({
      where: { credentialId },
      include: { user: true },
    })
    expect(stored).toMatchObject({ ...found, publicKey: stored.publicKey })
    expect(Buffer.from(found?.publicKey ?? []).equals(Buffer.from(stored.publicKey))).toBe(true)
    expect(found?.lastUsedAt instanceof Date).toBe(credentialId === first.credentialId)
    expect(await findPasskey(placeOf(other), credentialId)).toBeNull()
  }
  const { credentialId, transports } = first
  expect(await findUser(placeOf(caller), 'ada')).toMatchObject({ passkeys: [{ credentialId, transports }] })
  expect(await findUser(placeOf(other), 'ada')).toBeNull()

  // Of passkeys that came at one moment, one is first for good.
  const db = await database()
  const stored = await db.passkey.findFirstOrThrow({ where: { credentialId } })
  const alike = ['b', 'a', 'c'].map((name) => ({ ...stored, id: name, credentialId: `of-${name}` }))
  await db.passkey.createMany({ data: alike.map((one) => ({ ...one, createdAt: new Date(0) })) })
  const all = (await findUser(placeOf(caller), 'ada'))?.passkeys.map((passkey) => passkey.credentialId)
  expect(all).toEqual(['of-a', 'of-b', 'of-c', credentialId])
})

test('a ceremony is found as it was kept, in its place and as its kind, until one takes it', async () => {
  const place = placeOf(await newCaller('bank-ceremony'))
  const unset = { userId: null, username: null, displayName: null, allowedBy: null, purpose: null, mediation: null }
  const expiresAt = new Date(Date.now() + 60_000)
  const ceremony = {
    ...{ ...place, ...unset, id: 'cer_bank', kind: 'registration' as const, further: true },
    ...{ action: '{"a":1}', salt: 'x', options: '{"challenge":"“7”"}', expiresAt },
  }
  await save(ceremony)
  expect(await find('cer_bank', place, 'registration')).toEqual(ceremony)
  expect(await find('cer_bank', place, 'authentication')).toBeUndefined()
  expect(await find('cer_bank', { ...place, environment: 'test' }, 'registration')).toBeUndefined()
  const tries = await Promise.all(Array.from({ length: 20 }, () => take(ceremony)))
  expect(tries.filter(Boolean)).toHaveLength(1)
  expect(await find('cer_bank', place, 'registration')).toBeUndefined()
})

test('of twenty good finishes of one ceremony one signs in, and of twenty bad ones one learns why', async () => {
  const caller = await newCaller('bank-twenty')
  const { credentialId } = await newPasskey(caller, 'ada')
  const codesOf = async (finish: Parameters<typeof signIn>[1]) => {
    const all = await Promise.allSettled(Array.from({ length: 20 }, () => signIn(caller, finish)))
    return all.map((one) => (one.status === 'fulfilled' ? 'ok' : (one.reason as { code: string }).code)).sort()
  }
  const unknown = Array.from({ length: 19 }, () => 'ceremony_unknown')
  expect(await codesOf(await assertionOf(caller, 'ada'))).toEqual([...unknown, 'ok'])
  const used = await findPasskey(placeOf(caller), credentialId)
  const { ceremonyId, publicKey } = await beginAuthentication(caller, { username: 'ada' })
  const credential = authenticator.get(publicKey, { fault: 'bit-flipped' }) as never
  expect(await codesOf({ ceremonyId, credential })).toEqual([...unknown, 'verification_failed'])
  expect(await findPasskey(placeOf(caller), credentialId)).toEqual(used)
})
