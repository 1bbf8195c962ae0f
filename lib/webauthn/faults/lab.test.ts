import type { AuthenticationResponseJSON } from '@simplewebauthn/browser'
import { expect, test } from 'vitest'
import { fromBase64url } from '../decode/bytes.ts'
import { type Fault, FaultLab, type FaultTarget, faults } from './index.ts'
import { randomText } from './tampering.ts'

const faultOf = (id: string) => faults.find((fault) => fault.id === id) as Fault

/** A server that looks at the counter alone, and says nothing but yes or no. */
function countingServer({ users = randomText } = {}) {
  const counts = new Map<string, number>()
  const begun: { kind: string; challenge: string; userId: string }[] = []
  const target: FaultTarget = {
    async begin(kind, { username }) {
      const one = { kind, challenge: randomText(), userId: users() }
      begun.push(one)
      const registration = {
        rp: { id: 'app.example', name: 'Acme Wallet' },
        user: { id: one.userId, name: username, displayName: username },
        pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
      }
      const more = kind === 'registration' ? registration : { rpId: 'app.example' }
      return { ceremony: undefined, publicKey: { challenge: one.challenge, ...more } }
    },
    async finish(kind, _, { id, response }) {
      if (kind === 'registration') return { accepted: Boolean(counts.set(id, 0)), status: 200 }
      const data =
        fromBase64url((response as AuthenticationResponseJSON['response']).authenticatorData) ?? new Uint8Array(37)
      const count = new DataView(data.buffer, data.byteOffset).getUint32(33)
      const known = counts.get(id) ?? 0
      const accepted = count > known || (count === 0 && known === 0)
      if (accepted) counts.set(id, count)
      return { accepted, status: accepted ? 200 : 401, took: 7 }
    },
  }
  const lab = (changed: Partial<FaultTarget> = {}) =>
    new FaultLab({ ...target, ...changed }, { origin: 'https://app.example', wait: async () => undefined })
  return { target, lab, begun }
}

test('a fault that the server did not answer makes no hole of a later one', async () => {
  const { target, lab } = countingServer()
  let down = false
  const tried = lab({
    finish: async (...answer) => {
      if (down) throw new Error('It answers 503.')
      return target.finish(...answer)
    },
  })
  await tried.prepare()
  down = true
  expect(await tried.try(faultOf('bit-flipped'))).toMatchObject({ verdict: 'untried', reason: 'It answers 503.' })
  down = false
  expect(await tried.try(faultOf('counter-back'))).toMatchObject({ verdict: 'caught', status: 401, took: 7 })
  // The server does look at nothing else: it could have said yes.
  expect(await tried.try(faultOf('bit-flipped'))).toMatchObject({ verdict: 'hole' })
})

test('a used challenge is told beside the one that was asked for', async () => {
  const { lab, begun } = countingServer()
  const { was } = await lab().try(faultOf('used-challenge'))
  expect(was).toBe(`"challenge":"${begun.at(-1)?.challenge}"`)
  expect(begun.at(-1)?.challenge).not.toBe(begun.at(-2)?.challenge)
})

test('another user’s handle is one that the server knows; of a server with one user it is nobody’s', async () => {
  const { lab, begun } = countingServer()
  const handleOf = async (tried: FaultLab) => {
    const { sent } = await tried.try(faultOf('another-user-handle'))
    return (sent as AuthenticationResponseJSON).response.userHandle
  }
  expect(await handleOf(lab())).toBe(begun[1]?.userId)
  const single = countingServer({ users: () => 'YWRh' })
  expect(await handleOf(single.lab())).toMatch(/^[\w-]{43}$/)
})

test('options without what every registration has are told in words', async () => {
  const { lab } = countingServer()
  const begin = async () => ({ ceremony: undefined, publicKey: { challenge: 'AAAA', rp: { name: 'x' } } })
  expect((await lab({ begin }).try(faultOf('bit-flipped'))).reason).toBe(
    'The server’s options for a registration have no user, no pubKeyCredParams.',
  )
})

test('what is not as WebAuthn has it is told in words; what is null is not there', async () => {
  const { target, lab } = countingServer()
  const changed =
    (more: object): FaultTarget['begin'] =>
    async (kind, ask) => {
      const { ceremony, publicKey } = await target.begin(kind, ask)
      return { ceremony, publicKey: { ...publicKey, ...more } }
    }
  const reasonOf = async (more: object) => (await lab({ begin: changed(more) }).try(faultOf('bit-flipped'))).reason
  const nothing = { extensions: null, authenticatorSelection: null, excludeCredentials: null, allowCredentials: null }
  expect(await reasonOf(nothing)).toBeUndefined()
  for (const [name, value] of Object.entries({
    ...{ rp: null, user: { id: 7 }, pubKeyCredParams: [null] },
    ...{ extensions: 'x', authenticatorSelection: 7 },
  }))
    expect(await reasonOf({ [name]: value })).toBe(`The server’s options for a registration have no ${name}.`)
  for (const [name, value] of Object.entries({ rpId: 7, allowCredentials: [null] }))
    expect(await reasonOf({ [name]: value })).toBe(`The server’s options for a sign-in have no ${name}.`)
})

test('a challenge of any length and letters makes a line of a report', async () => {
  const { target, lab } = countingServer()
  const begin: FaultTarget['begin'] = async (kind, ask) => {
    const { ceremony, publicKey } = await target.begin(kind, ask)
    return { ceremony, publicKey: { ...publicKey, challenge: `\u009b31m${'A'.repeat(100_000)}` } }
  }
  const { was, is } = await lab({ begin }).try(faultOf('used-challenge'))
  expect(was).toMatch(/^"challenge":" 31mA{100}/)
  expect([was.length, is.length].every((length) => length <= 2_000)).toBe(true)
})

test('a reason behind a long URL is told whole', async () => {
  const why = `https://app.example/${'x'.repeat(1_980)} cannot be reached (down).`
  const { lab } = countingServer()
  expect((await lab({ begin: () => Promise.reject(new Error(why)) }).try(faultOf('bit-flipped'))).reason).toBe(why)
})
