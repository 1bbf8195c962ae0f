import { createHash } from 'node:crypto'
import { Code, ConnectError, type Transport } from '@connectrpc/connect'
import { base58, bech32m } from '@scure/base'
import { expect, test } from 'vitest'
import { type Reason, suiteNames } from '#lib/mpc/protocol/index.ts'
import { Client } from '../client.ts'
import { memoryShares, readRecoveryFile, recoveryQr } from './index.ts'
import { message, never, newMpc, verifies } from './mpc-for-tests.ts'

const credential = { id: 'AQ', rawId: 'AQ', type: 'public-key', response: {} } as never

test.each(suiteNames)('a key of %s is made and signs, and others verify it', async (suite) => {
  const { mpc } = newMpc()
  const bytes = suite === 'ed25519' ? message : message.slice(0, 32)
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  const key = await mpc.keys.generate({ suite, label: 'Treasury', ...never })
  expect(key).toMatchObject({
    label: 'Treasury',
    threshold: 2,
    parties: ['device', 'server', 'recovery'],
    generation: 0,
  })
  const { signature } = await mpc.sign(key.id, hash)
  expect(verifies(key, signature, hash)).toBe(true)
  expect(verifies(key, signature, hash.with(0, (hash[0] ?? 0) ^ 1))).toBe(false)
  expect((await mpc.keys.list()).map(({ id }) => id)).toEqual([key.id])
})

test('an address is the public key in its own alphabet', async () => {
  const { mpc } = newMpc()
  const ed = await mpc.keys.generate(never)
  expect(base58.decode(ed.address)).toEqual(ed.publicKey)
  const schnorr = await mpc.keys.generate({ ...never, suite: 'schnorr-secp256k1' })
  expect(schnorr.address).toMatch(/^tb1p/)
  const { words } = bech32m.decode(schnorr.address as `tb1${string}`)
  expect(new Uint8Array(bech32m.fromWords(words.slice(1)))).toEqual(schnorr.publicKey)
})

test('a signature with approval asks the passkey for this message, and sends what it gave', async () => {
  const { mpc, asked, seen } = newMpc()
  const key = await mpc.keys.generate()
  await expect(mpc.sign(key.id, message)).rejects.toMatchObject({
    name: 'MpcError',
    reason: 'approval_required',
    code: 'permission_denied',
  })
  const options: unknown[] = []
  const display = { title: 'Pay 12.50 USDC to Globex' }
  const approve = (publicKey: unknown) => {
    options.push(publicKey)
    return credential
  }
  const { signature } = await mpc.sign(key.id, message, { approve, display })
  expect(verifies(key, signature, message)).toBe(true)
  const messageHash = Buffer.from(await crypto.subtle.digest('SHA-256', message)).toString('base64url')
  expect(asked[0]?.body).toEqual({
    username: 'ada',
    action: { type: 'mpc.sign', keyId: key.id, messageHash, display: { ...display, lines: [] } },
  })
  expect(options).toEqual([{ challenge: 'committed' }])
  expect(seen.findLast(({ method }) => method === 'sign.begin')).toMatchObject({ approval: 'approval-2' })
})

test('the recovery file alone makes a new device, and what was before signs no more', async () => {
  const lost = memoryShares()
  const { mpc, open } = newMpc({ shares: lost })
  const key = await mpc.keys.generate(never)
  const found = open(memoryShares())
  await expect(found.sign(key.id, message)).rejects.toMatchObject({ reason: 'share_missing', party: 'device' })
  const recovered = await found.keys.recover(key.id, JSON.stringify(key.recovery), { approve: () => credential })
  expect(recovered).toMatchObject({ generation: 1, address: key.address })
  expect(verifies(key, (await found.sign(key.id, message)).signature, message)).toBe(true)
  await expect(mpc.sign(key.id, message)).rejects.toMatchObject({ reason: 'generation_mismatch' })
  await expect(found.keys.recover(key.id, key.recovery ?? '', { approve: () => credential })).rejects.toMatchObject({
    reason: 'generation_mismatch',
  })
  const again = await found.keys.recover(key.id, recovered.recovery ?? '', { approve: () => credential })
  expect(again.generation).toBe(2)
})

test('a refresh keeps the key and replaces the file', async () => {
  const { mpc, asked } = newMpc()
  const key = await mpc.keys.generate(never)
  const refreshed = await mpc.keys.refresh(key.id, { approve: () => credential })
  const change = { parties: ['device', 'server', 'recovery'], threshold: 2, contributors: ['device'] }
  const canonical = '{"contributors":["device"],"parties":["device","server","recovery"],"threshold":2}'
  expect(asked[0]?.body.action).toEqual({
    type: 'mpc.reshare',
    keyId: key.id,
    change,
    messageHash: createHash('sha256').update(canonical).digest('base64url'),
    display: {
      title: 'Make new shares of your key',
      lines: [
        'Shares for device, server and recovery; 2 of them sign together.',
        'Made of the shares of server and device. Old shares sign with none of the new.',
      ],
    },
  })
  expect(refreshed).toMatchObject({ generation: 1, publicKey: key.publicKey })
  expect(refreshed.recovery?.share).not.toBe(key.recovery?.share)
  expect(verifies(key, (await mpc.sign(key.id, message)).signature, message)).toBe(true)
})

test('a key for more parties signs with as many as it takes', async () => {
  const { mpc } = newMpc()
  const key = await mpc.keys.generate({ ...never, threshold: 3 })
  expect(key.files.map(({ party }) => party).sort()).toEqual(['hardware', 'partner', 'recovery'])
  await expect(mpc.sign(key.id, message)).rejects.toMatchObject({ reason: 'parties_invalid' })
  const { signature } = await mpc.sign(key.id, message, { using: key.files.slice(0, 1) })
  expect(verifies(key, signature, message)).toBe(true)
  const pair = await mpc.keys.generate({ ...never, parties: ['device', 'server'] })
  expect(pair.recovery).toBeUndefined()
  expect(verifies(pair, (await mpc.sign(pair.id, message)).signature, message)).toBe(true)
})

test('every message is told, and both calls of an operation are of one session', async () => {
  const { mpc, rounds, seen } = newMpc()
  const key = await mpc.keys.generate(never)
  const told = () => rounds.splice(0).map(({ name, direction, party }) => `${name} ${direction} ${party}`)
  expect(rounds.every(({ bytes }) => bytes > 60)).toBe(true)
  expect(told()).toEqual([
    'keygen.begin sent server',
    'keygen.begin received server',
    'keygen.round1 received recovery',
    'keygen.finish sent server',
    'keygen.finish received server',
    'keygen.round2 received recovery',
  ])
  await mpc.sign(key.id, message)
  expect(told()).toEqual([
    'sign.begin sent server',
    'sign.begin received server',
    'sign.finish sent server',
    'sign.finish received server',
  ])
  const sessions = seen.map(({ session }) => session)
  expect(sessions[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/)
  expect([sessions[0], sessions[2]]).toEqual([sessions[1], sessions[3]])
  expect(sessions[0]).not.toBe(sessions[2])
  expect(seen[0]?.token).toMatch(/^Bearer \S+$/)
})

test('a lost session is begun afresh, a silent server is asked again in the same session', async () => {
  const { mpc, failures, seen } = newMpc()
  const key = await mpc.keys.generate(never)
  const after = async (reason: Reason, code: Code) => {
    seen.length = 0
    failures.push({ method: 'sign.finish', reason, code })
    expect(verifies(key, (await mpc.sign(key.id, message)).signature, message)).toBe(true)
    return { methods: seen.map(({ method }) => method), sessions: new Set(seen.map(({ session }) => session)).size }
  }
  expect(await after('session_lost', Code.Aborted)).toEqual({
    methods: ['sign.begin', 'sign.finish', 'sign.begin', 'sign.finish'],
    sessions: 2,
  })
  expect(await after('unavailable', Code.Unavailable)).toEqual({
    methods: ['sign.begin', 'sign.finish', 'sign.finish'],
    sessions: 1,
  })
})

test('an answer that breaks off is asked for again in the same session, and what the server says is its own fault is not', async () => {
  const { transport, open, seen } = newMpc()
  const mine = (error: ConnectError) => {
    let broken = false
    return open(memoryShares(), {
      transport: {
        ...transport,
        async unary(method, ...call) {
          if (method.name !== 'Finish' || method.parent.name !== 'SignService' || broken)
            return transport.unary(method, ...call)
          broken = true
          throw error
        },
      },
    })
  }
  const cut = mine(new ConnectError('Stream closed', Code.Internal, undefined, undefined, new Error('reset')))
  const key = await cut.keys.generate(never)
  expect(verifies(key, (await cut.sign(key.id, message)).signature, message)).toBe(true)
  expect(seen.map(({ method }) => method).slice(-2)).toEqual(['sign.begin', 'sign.finish'])
  expect(new Set(seen.slice(-2).map(({ session }) => session)).size).toBe(1)
  const failing = mine(new ConnectError('The call failed.', Code.Internal))
  const other = await failing.keys.generate(never)
  await expect(failing.sign(other.id, message)).rejects.toMatchObject({ code: 'internal' })
})

test('a server that gives a key the id of another cannot make this device lose the share of that one', async () => {
  const { transport, open } = newMpc()
  const shares = memoryShares()
  let named: string | undefined
  const lying: Transport = {
    ...transport,
    async unary(...call) {
      const answer = await transport.unary(...call)
      const { key } = answer.message as { key?: { id: string } }
      if (key && named) key.id = named
      return answer
    },
  }
  const mine = open(shares, { transport: lying })
  const [key, other] = [await mine.keys.generate(never), await mine.keys.generate(never)]
  named = key.id
  await expect(mine.keys.generate(never)).rejects.toMatchObject({ reason: 'transcript_mismatch', party: 'server' })
  await expect(mine.keys.refresh(other.id, { approve: () => credential })).rejects.toMatchObject({
    reason: 'transcript_mismatch',
    party: 'server',
  })
  named = undefined
  expect(verifies(key, (await mine.sign(key.id, message)).signature, message)).toBe(true)
})

test('where only one try is wanted, a lost session is told', async () => {
  const { mpc, open, failures, seen } = newMpc()
  const shares = memoryShares()
  const key = await open(shares).keys.generate(never)
  failures.push({ method: 'sign.finish', reason: 'session_lost', code: Code.Aborted })
  await expect(open(shares, { tries: 1 }).sign(key.id, message)).rejects.toMatchObject({ reason: 'session_lost' })
  expect(seen.filter(({ method }) => method === 'sign.begin')).toHaveLength(1)
  expect(await mpc.keys.list()).toHaveLength(1)
})

test('an operation can be given up', async () => {
  const { mpc, seen } = newMpc()
  const key = await mpc.keys.generate(never)
  const calls = seen.length
  const controller = new AbortController()
  controller.abort(new DOMException('Enough.', 'AbortError'))
  await expect(mpc.sign(key.id, message, { signal: controller.signal })).rejects.toMatchObject({ name: 'AbortError' })
  expect(seen).toHaveLength(calls)
})

test('what is no token, no recovery file or another key’s is refused before anybody is asked', async () => {
  const { mpc, seen } = newMpc()
  const client = new Client({ apiKey: 'x', baseUrl: 'http://auth.test' })
  await expect(client.mpc({ token: 'x', shares: memoryShares() }).keys.list()).rejects.toThrow(TypeError)
  const [one, other] = [await mpc.keys.generate(never), await mpc.keys.generate(never)]
  const calls = seen.length
  for (const file of ['', '{}', '[]', JSON.stringify({ ...one.recovery, version: 2 }), other.recovery ?? ''])
    await expect(mpc.keys.recover(one.id, file)).rejects.toMatchObject({ reason: 'recovery_file_invalid' })
  expect(seen).toHaveLength(calls)
  expect(readRecoveryFile(one.recovery ?? '', one.id).share.party).toBe('recovery')
})

test('a recovery file of three parties fits a QR code', async () => {
  const { mpc } = newMpc()
  const { recovery } = await mpc.keys.generate({ ...never, label: 'Treasury' })
  const rows = recoveryQr(recovery as NonNullable<typeof recovery>)
  expect(rows.length).toBeLessThanOrEqual(177 + 8)
  expect(rows.every((row) => row.length === rows.length)).toBe(true)
})
