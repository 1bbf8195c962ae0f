import { createPublicKey, randomUUID, verify } from 'node:crypto'
import { toBinary } from '@bufbuild/protobuf'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { startIssuer } from '../../setup/issuer.ts'
import { hashOfChange, mpcUser, refusalOf, signing } from '../../setup/mpc-user.ts'
import { serveMpc } from '../../setup/serve-mpc.ts'
import {
  KeygenServiceBeginResponseSchema,
  KeygenServiceFinishResponseSchema,
  SignServiceBeginResponseSchema,
  SignServiceFinishResponseSchema,
} from '../proto/mpc_pb.js'

// Each attack is written out, beside what goes well: against a server that runs, over gRPC.

vi.setConfig({ testTimeout: 60_000 })

const issuer = await startIssuer()
let server: Awaited<ReturnType<typeof serveMpc>>
beforeAll(async () => {
  server = await serveMpc({ MPC_ISSUER: issuer.url, MPC_USAGE_TOKEN: 'st_mpc_of-this-test' })
})
afterAll(async () => {
  await server.stop()
  await issuer.stop()
})

const user = (claims: Record<string, unknown> = { sub: `usr_${randomUUID()}` }) => mpcUser(issuer, server.url, claims)
const message = new TextEncoder().encode('Pay 12.50 USDC to Globex')
const other = new TextEncoder().encode('Pay 9,999 USDC to Eve')

function isSignature(publicKey: Uint8Array, signature: Uint8Array, text: Uint8Array): boolean {
  const x = Buffer.from(publicKey).toString('base64url')
  return verify(null, text, createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }), signature)
}

/** A byte of it is another. */
const tampered = (bytes: Uint8Array) => bytes.with(0, (bytes[0] ?? 0) ^ 1)

describe('key generation and signing', () => {
  test('give a signature that verifies as plain Ed25519, counted by the key', async () => {
    const { makeKey, signed, keys, headers } = await user()
    const made = await makeKey()
    expect(made.same).toEqual(made.key)
    const { key } = await keys.get({ keyId: made.id }, headers())
    expect(isSignature(key?.publicKey ?? new Uint8Array(), await signed(made, message), message)).toBe(true)
    expect((await keys.get({ keyId: made.id }, headers())).key).toMatchObject({ signatures: 1n, generation: 0 })
  })

  test('a retried call is answered with the same bytes; another under the same session is refused', async () => {
    // Of no key or client that the token would name.
    const sub = `usr_${randomUUID()}`
    const of = await user({ sub, azp: undefined, providerTenantName: sub })
    const { beginKey, keygen, makeKey, beginSignature, shareOf, sign, headers } = of
    const { session, request, begun, finish } = await beginKey()
    const again = await keygen.begin(request, headers(session))
    expect(toBinary(KeygenServiceBeginResponseSchema, again)).toEqual(toBinary(KeygenServiceBeginResponseSchema, begun))
    const changed = keygen.begin({ ...request, label: 'Other' }, headers(session))
    expect(await refusalOf(changed)).toMatchObject({ code: 'InvalidArgument', reason: 'session_conflict' })
    const answers = await Promise.all([1, 2, 3].map(() => keygen.finish(finish, headers(session))))
    const bytes = answers.map((answer) => toBinary(KeygenServiceFinishResponseSchema, answer))
    expect(bytes[1]).toEqual(bytes[0])
    expect(bytes[2]).toEqual(bytes[0])

    const signature = await beginSignature(await makeKey(), message)
    const same = await sign.begin(signature.request, headers(signature.session))
    expect(toBinary(SignServiceBeginResponseSchema, same)).toEqual(
      toBinary(SignServiceBeginResponseSchema, signature.begun),
    )
    const shares = [shareOf(signature)]
    const [one, two] = await Promise.all([1, 2].map(() => sign.finish({ shares }, headers(signature.session))))
    if (!one || !two) throw new Error('no answer')
    expect(toBinary(SignServiceFinishResponseSchema, two)).toEqual(toBinary(SignServiceFinishResponseSchema, one))

    // Each is counted, and says whether it did something.
    const told = () => issuer.usage.map(({ data }) => data).filter(({ tenantName }) => tenantName === sub)
    await expect.poll(() => told().length).toBe(12)
    const finished = told().filter(({ operation }) => String(operation).endsWith('.finish'))
    expect(finished.map(({ operation, repeated }) => `${operation} ${repeated}`).sort()).toEqual([
      'mpc.keygen.finish true',
      'mpc.keygen.finish true',
      'mpc.keygen.finish undefined',
      'mpc.keygen.finish undefined',
      'mpc.sign.finish true',
      'mpc.sign.finish undefined',
    ])
    for (const data of told()) expect(data).not.toHaveProperty('azp')
  })

  test('a second message after the commitment is refused, and so is a commitment that served', async () => {
    const { makeKey, beginSignature, shareOf, sign, keys, headers } = await user()
    const made = await makeKey()
    const begun = await beginSignature(made, message)
    const swapped = sign.begin({ ...begun.request, message: other }, headers(begun.session))
    expect(await refusalOf(swapped)).toMatchObject({ code: 'InvalidArgument', reason: 'session_conflict' })
    const shares = [shareOf(begun)]
    await sign.finish({ shares }, headers(begun.session))
    // The share is of the first session's commitments: in another it does not verify.
    const replayed = await beginSignature(made, other)
    expect(await refusalOf(sign.finish({ shares }, headers(replayed.session)))).toMatchObject({
      code: 'InvalidArgument',
      reason: 'share_invalid',
      party: 'device',
    })
    expect((await keys.get({ keyId: made.id }, headers())).key?.signatures).toBe(1n)
  })

  test('a tampered share names the cheater, and the right one goes through afterwards', async () => {
    const { makeKey, beginSignature, shareOf, sign, headers } = await user()
    const begun = await beginSignature(await makeKey(), message)
    const own = shareOf(begun)
    const cheating = sign.finish({ shares: [{ ...own, share: tampered(own.share) }] }, headers(begun.session))
    expect(await refusalOf(cheating)).toMatchObject({
      code: 'InvalidArgument',
      reason: 'share_invalid',
      party: 'device',
    })
    expect((await sign.finish({ shares: [own] }, headers(begun.session))).server?.party).toBe('server')
  })

  test('in key generation a tampered share, one for another party and another transcript are refused', async () => {
    const { beginKey, keygen, headers, keys } = await user()
    const { session, shared, finish } = await beginKey()
    const [first, second] = finish.shares
    if (!first || !second) throw new Error('no shares')
    const broken = { ...finish, shares: [{ ...first, ciphertext: tampered(first.ciphertext) }, second] }
    expect(await refusalOf(keygen.finish(broken, headers(session)))).toMatchObject({
      reason: 'share_invalid',
      party: 'device',
    })
    const forRecovery = shared[0]?.shares.filter(({ to }) => to === 'recovery') ?? []
    expect(
      await refusalOf(keygen.finish({ ...finish, shares: [...forRecovery, second] }, headers(session))),
    ).toMatchObject({
      reason: 'share_invalid',
      party: 'device',
    })
    const mismatch = { ...finish, transcriptHash: tampered(finish.transcriptHash) }
    expect(await refusalOf(keygen.finish(mismatch, headers(session)))).toMatchObject({ reason: 'transcript_mismatch' })
    expect((await keys.list({}, headers())).keys).toEqual([])
    expect((await keygen.finish(finish, headers(session))).key?.label).toBe('Treasury')
  })

  test('a first round with a swapped encryption key, and a lower threshold than the parties signed, are refused', async () => {
    const { beginKey, keygen, headers } = await user()
    const { request } = await beginKey()
    const [device, recovery] = request.parties
    if (!device || !recovery) throw new Error('no parties')
    const session = randomUUID()
    const swapped = [{ ...device, encryptionKey: recovery.encryptionKey }, recovery]
    expect(await refusalOf(keygen.begin({ ...request, parties: swapped }, headers(session)))).toMatchObject({
      code: 'InvalidArgument',
      reason: 'identity_invalid',
      party: 'device',
    })
    expect(await refusalOf(keygen.begin({ ...request, threshold: 1 }, headers(session)))).toMatchObject({
      code: 'InvalidArgument',
      reason: 'parties_invalid',
    })
    expect(await refusalOf(keygen.begin({ ...request, suite: 'ecdsa-secp256k1' }, headers(session)))).toMatchObject({
      code: 'Unimplemented',
      reason: 'suite_unsupported',
    })
  })

  test('two different finishes at once: one wins', async () => {
    const { makeKey, beginSignature, shareOf, sign, keys, headers } = await user()
    const made = await makeKey()
    const begun = await beginSignature(made, message)
    const own = shareOf(begun)
    const twice = { shares: [own] }
    const padded = { shares: [{ ...own, share: tampered(own.share) }] }
    const outcomes = await Promise.allSettled([
      sign.finish(twice, headers(begun.session)),
      sign.finish(padded, headers(begun.session)),
      sign.finish(twice, headers(begun.session)),
    ])
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect((await keys.get({ keyId: made.id }, headers())).key?.signatures).toBe(1n)
  })
})

test('a session and a key of another user, tenant or environment are NOT_FOUND', async () => {
  const sub = `usr_${randomUUID()}`
  const own = await user({ sub })
  const made = await own.makeKey()
  const begun = await own.beginSignature(made, message)
  const shares = [own.shareOf(begun)]
  const strangers = [
    { sub: 'usr_eve' },
    { sub, providerTenantId: 'tnt_globex', providerTenantName: 'Globex Pay' },
    { sub, environment: 'live', aud: 'mpc-server' },
  ]
  for (const claims of strangers) {
    const { keys, sign, headers } = await user(claims)
    expect(await refusalOf(keys.get({ keyId: made.id }, headers()))).toMatchObject({
      code: 'NotFound',
      reason: 'not_found',
    })
    expect(await refusalOf(keys.freeze({ keyId: made.id }, headers()))).toMatchObject({ code: 'NotFound' })
    expect(await refusalOf(sign.finish({ shares }, headers(begun.session)))).toMatchObject({
      code: 'NotFound',
      reason: 'session_unknown',
    })
    expect((await keys.list({}, headers())).keys).toEqual([])
  }
  expect((await own.sign.finish({ shares }, own.headers(begun.session))).server?.party).toBe('server')
})

test('a session of the test environment may have its nonces forgotten, as by a restart; no live one, and no other', async () => {
  const forget = { 'mpc-forget': 'nonces' }
  const finished = async (claims: Record<string, unknown>, more: Record<string, string>) => {
    const { makeKey, beginSignature, shareOf, sign, headers } = await user({ sub: `usr_${randomUUID()}`, ...claims })
    const made = await makeKey()
    const kept = await beginSignature(made, message)
    const begun = await beginSignature(made, message, { more })
    const both = [begun, kept].map((one) => sign.finish({ shares: [shareOf(one)] }, headers(one.session)))
    return Promise.all(
      both.map((call) =>
        call.then(
          ({ server }) => server?.party,
          () => refusalOf(call),
        ),
      ),
    )
  }
  const lost = expect.objectContaining({ code: 'Aborted', reason: 'session_lost' })
  expect(await finished({}, forget)).toEqual([lost, 'server'])
  expect(await finished({ environment: 'live', aud: 'mpc-server' }, forget)).toEqual(['server', 'server'])
})

test('what is no session id, and a message that is too large, are refused', async () => {
  const { makeKey, beginSignature, sign, headers } = await user()
  const made = await makeKey()
  const begun = await beginSignature(made, message)
  for (const session of ['', 'x', '00000000-0000-1000-8000-000000000000']) {
    expect(await refusalOf(sign.begin(begun.request, headers(session)))).toMatchObject({ reason: 'invalid_request' })
  }
  for (const bytes of [70_000, 300_000]) {
    const large = sign.begin({ ...begun.request, message: new Uint8Array(bytes) }, headers(randomUUID()))
    expect(await refusalOf(large)).toMatchObject({ code: 'ResourceExhausted' })
  }
})

describe('approvals', () => {
  const policy = { approval: 'always', maxPerHour: 0 }

  test('a signature needs one of the same user, for exactly this, once; what is refused signs nothing', async () => {
    const sub = `usr_${randomUUID()}`
    const { makeKey, signed, keys, headers } = await user({ sub })
    const made = await makeKey({ policy })
    const another = await makeKey({ policy })
    const action = signing(made.id, message)
    const past = Math.floor(Date.now() / 1000) - 1
    const refusals: [string, string][] = [
      ['approval_required', ''],
      ['approval_invalid', 'garbage'],
      ['approval_invalid', await issuer.token({ sub })],
      ['approval_invalid', await issuer.approval(signing(made.id, other), { sub })],
      ['approval_invalid', await issuer.approval(signing(another.id, message), { sub })],
      ['approval_invalid', await issuer.approval({ ...action, type: 'mpc.reshare' }, { sub })],
      ['approval_invalid', await issuer.approval(action, { sub: 'usr_eve' })],
      ['approval_invalid', await issuer.approval(action, { sub, providerTenantId: 'tnt_globex' })],
      ['approval_invalid', await issuer.approval(action, { sub, environment: 'live', aud: 'mpc-server' })],
      ['approval_invalid', await issuer.approval(action, { sub, exp: past })],
      ['approval_invalid', await issuer.approval(action, { sub, iss: 'https://issuer.example' })],
    ]
    for (const [reason, approval] of refusals) {
      expect(await refusalOf(signed(made, message, { approval }))).toMatchObject({ code: 'PermissionDenied', reason })
    }
    expect((await keys.get({ keyId: made.id }, headers())).key?.signatures).toBe(0n)

    const approval = await issuer.approval({ ...action, display: { title: 'Pay Globex', lines: [] } }, { sub })
    expect(
      isSignature(made.key.commitments[0] ?? new Uint8Array(), await signed(made, message, { approval }), message),
    ).toBe(true)
    expect(await refusalOf(signed(made, message, { approval }))).toMatchObject({ reason: 'approval_used' })
  })

  test('of many at once with one approval, one begins', async () => {
    const sub = `usr_${randomUUID()}`
    const { makeKey, beginSignature } = await user({ sub })
    const made = await makeKey({ policy })
    const approval = await issuer.approval(signing(made.id, message), { sub })
    const outcomes = await Promise.allSettled([1, 2, 3, 4].map(() => beginSignature(made, message, { approval })))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })
})

describe('policy', () => {
  test('freezing needs the token alone and stops a signature that has begun; unfreezing needs an approval', async () => {
    const sub = `usr_${randomUUID()}`
    const { makeKey, beginSignature, shareOf, signed, sign, keys, headers } = await user({ sub })
    const made = await makeKey()
    const begun = await beginSignature(made, message)
    expect((await keys.freeze({ keyId: made.id }, headers())).key?.frozen).toBe(true)
    const finishing = sign.finish({ shares: [shareOf(begun)] }, headers(begun.session))
    expect(await refusalOf(finishing)).toMatchObject({ code: 'PermissionDenied', reason: 'key_frozen' })
    expect(await refusalOf(signed(made, message))).toMatchObject({ reason: 'key_frozen' })
    expect(await refusalOf(sign.begin({ keyId: made.id, dryRun: true }, headers()))).toMatchObject({
      reason: 'key_frozen',
    })
    expect(await refusalOf(keys.unfreeze({ keyId: made.id }, headers()))).toMatchObject({ reason: 'approval_required' })
    const approval = await issuer.approval({ type: 'mpc.unfreeze', keyId: made.id }, { sub })
    expect((await keys.unfreeze({ keyId: made.id, approval }, headers())).key?.frozen).toBe(false)
    expect(await signed(made, message)).toHaveLength(64)
  })

  test('max_per_hour holds, also of sessions that had begun before; a dry run says what is left and does nothing', async () => {
    const { makeKey, beginSignature, shareOf, signed, sign, headers } = await user()
    const made = await makeKey({ policy: { approval: 'never', maxPerHour: 2 } })
    const begun = await beginSignature(made, message)
    const dry = () => sign.begin({ keyId: made.id, dryRun: true }, headers())
    expect(await dry()).toMatchObject({ approvalRequired: false, leftThisHour: 2 })
    await signed(made, message)
    expect(await dry()).toMatchObject({ leftThisHour: 1 })
    await signed(made, other)
    for (const call of [
      dry,
      () => signed(made, message),
      () => sign.finish({ shares: [shareOf(begun)] }, headers(begun.session)),
    ]) {
      const refused = await refusalOf(call())
      expect(refused).toMatchObject({ code: 'ResourceExhausted', reason: 'policy_limit' })
      expect(Number(refused.retryAfter)).toBeGreaterThan(3_000)
    }
  })

  test('that is tightened between the calls holds for the second; a signature that was approved goes on', async () => {
    const sub = `usr_${randomUUID()}`
    const { makeKey, beginSignature, shareOf, sign, keys, headers } = await user({ sub })
    const made = await makeKey()
    const waiting = await beginSignature(made, message)
    await keys.update({ keyId: made.id, policy: { approval: 'always' } }, headers())
    const approval = await issuer.approval(signing(made.id, message), { sub })
    const approved = await beginSignature(made, message, { approval })
    expect(await refusalOf(sign.finish({ shares: [shareOf(waiting)] }, headers(waiting.session)))).toMatchObject({
      code: 'PermissionDenied',
      reason: 'approval_required',
    })
    expect((await sign.finish({ shares: [shareOf(approved)] }, headers(approved.session))).server?.party).toBe('server')
    expect((await keys.get({ keyId: made.id }, headers())).key?.signatures).toBe(1n)
  })

  test('what loosens needs an approval, and what tightens does not; deleting needs one', async () => {
    const sub = `usr_${randomUUID()}`
    const { makeKey, keys, headers } = await user({ sub })
    const { id: keyId } = await makeKey({ policy: { approval: 'never', maxPerHour: 5 } })
    const update = (change: object) => keys.update({ keyId, ...change }, headers())
    expect((await update({ label: 'Payroll' })).key?.label).toBe('Payroll')
    expect((await update({ policy: { approval: 'always', maxPerHour: 3 } })).key?.policy).toMatchObject({
      approval: 'always',
      maxPerHour: 3,
    })
    for (const policy of [
      { approval: 'never', maxPerHour: 3 },
      { approval: 'always', maxPerHour: 4 },
      { approval: 'always', maxPerHour: 0 },
    ]) {
      expect(await refusalOf(update({ policy }))).toMatchObject({
        code: 'PermissionDenied',
        reason: 'approval_required',
      })
      const approval = await issuer.approval({ type: 'mpc.unfreeze', keyId }, { sub })
      expect(await refusalOf(update({ policy, approval }))).toMatchObject({ reason: 'approval_invalid' })
    }
    // Each for another change than the one that is asked: a limit of 10 does not switch approvals off.
    const wanted = { approval: 'never', maxPerHour: 0 }
    const approved = (change: object) =>
      issuer.approval({ type: 'mpc.update', keyId, change, messageHash: hashOfChange(change) }, { sub })
    for (const approval of [
      await issuer.approval({ type: 'mpc.update', keyId }, { sub }),
      await approved({ approval: 'always', maxPerHour: 10 }),
      await approved({ approval: 'never', maxPerHour: 3 }),
    ]) {
      expect(await refusalOf(update({ policy: wanted, approval }))).toMatchObject({
        code: 'PermissionDenied',
        reason: 'approval_invalid',
      })
    }
    expect((await keys.get({ keyId }, headers())).key?.policy).toMatchObject({ approval: 'always', maxPerHour: 3 })
    const approval = await approved({ maxPerHour: 0, approval: 'never' })
    expect((await update({ policy: wanted, approval })).key?.policy).toMatchObject({ approval: 'never', maxPerHour: 0 })
    expect(await refusalOf(keys.delete({ keyId }, headers()))).toMatchObject({ reason: 'approval_required' })
    await keys.delete({ keyId, approval: await issuer.approval({ type: 'mpc.delete', keyId }, { sub }) }, headers())
    expect(await refusalOf(keys.get({ keyId }, headers()))).toMatchObject({ code: 'NotFound' })
  })
})

test('kill -9 between the calls is ABORTED, and a fresh session works; every acknowledged call is counted once', async () => {
  const settings = { MPC_ISSUER: issuer.url, DATA_DIR: server.dataDir, MPC_USAGE_TOKEN: 'st_mpc_of-this-test' }
  const azp = randomUUID()
  const claims = { sub: `usr_${randomUUID()}`, azp }
  const first = await serveMpc(settings)
  const before = await mpcUser(issuer, first.url, claims)
  const made = await before.makeKey()
  const begun = await before.beginSignature(made, message)
  await first.stop('SIGKILL')

  const second = await serveMpc(settings)
  const after = await mpcUser(issuer, second.url, claims)
  const shares = [after.shareOf(begun)]
  expect(await refusalOf(after.sign.finish({ shares }, after.headers(begun.session)))).toMatchObject({
    code: 'Aborted',
    reason: 'session_lost',
  })
  expect(await after.signed(made, message)).toHaveLength(64)
  const told = () =>
    issuer.usage
      .filter(({ data }) => data.azp === azp)
      .map(({ data }) => `${data.operation} ${data.status}`)
      .sort()
  await expect
    .poll(told)
    .toEqual(
      [
        'mpc.keygen.begin OK',
        'mpc.keygen.finish OK',
        'mpc.sign.begin OK',
        'mpc.sign.finish ABORTED',
        'mpc.sign.begin OK',
        'mpc.sign.finish OK',
      ].sort(),
    )
  await second.stop()
})
