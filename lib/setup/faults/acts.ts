import { randomUUID } from 'node:crypto'
import { setTimeout as elapse } from 'node:timers/promises'
import { SoftwareAuthenticator } from '../../testing/authenticator.ts'
import type { Asker, Heard } from './asker.ts'
import type { Journal } from './journal.ts'

/** Somebody's key. */
export interface Key {
  id: string
  secret: string
}

/** What an act is done with. */
export interface Stage {
  server: Asker
  journal: Journal
  /** May register, sign in and look after keys and money. */
  key: Key
  origin: string
  paymentMethodId: string
  /** Whether it is time to end. */
  ended(): boolean
  /** A new code of a user's consent, with what goes with it to the token endpoint, `client_id` included. */
  newCode(): Promise<Record<string, string>>
  /** How a client authenticates that has tokens of its own. */
  service: Record<string, string>
}

/** What clients do, each again and again, however often the server dies. What is asked for again after that is in them. */
export const acts = { people, keepers, payers, apps, services }

/** The answer of something that may be asked for again, as often as it takes. */
async function until({ ended }: Stage, ask: () => Promise<Heard | undefined>): Promise<Heard | undefined> {
  for (let tries = 0; tries < 100 && !ended(); tries++) {
    const heard = await ask()
    if (heard) return heard
  }
  return undefined
}

/**
 * Uses what is good once, and tries to use it again: also where the first answer was lost, when nobody knows whether it was used.
 *
 * @returns the one good answer, where somebody had it, and whether all were heard
 */
async function once({ journal }: Stage, what: string, ask: () => Promise<Heard | undefined>) {
  let good: Heard | undefined
  let isSure = true
  for (let tries = 0; tries < 2; tries++) {
    const heard = await ask()
    if (!heard) isSure = false
    else if (heard.status < 300) {
      if (good) journal.wrong.push(`${what} was good twice`)
      good = heard
    } else if (tries === 0) {
      journal.wrong.push(`${what} was refused at once: ${JSON.stringify(heard.body)}`)
    }
  }
  return { good, isSure }
}

/** Registers people, who sign in. */
async function people(stage: Stage): Promise<void> {
  const { server, journal, key, origin } = stage
  const ask = (step: string, json: object) =>
    server.ask('POST', `/v1/passkeys/${step.replace('.', '/')}`, { key, operation: `passkeys.${step}`, json })
  while (!stage.ended()) {
    const authenticator = new SoftwareAuthenticator({ origin })
    const username = randomUUID()
    const begun = await ask('register.begin', { username })
    if (!begun) continue
    const credential = authenticator.create(begun.body.publicKey)
    const { good } = await once(stage, 'a registration', () =>
      ask('register.finish', { ceremonyId: begun.body.ceremonyId, credential }),
    )
    if (!good) continue
    journal.keep('passkey', good.body.passkey.id)
    journal.keep('user', good.body.user.id)
    journal.did('registration')
    for (let times = 0; times < 5 && !stage.ended(); times++) {
      const signIn = await ask('authenticate.begin', { username })
      if (!signIn) continue
      const { ceremonyId, publicKey } = signIn.body
      if (!publicKey) {
        journal.wrong.push(`a user who registered could not sign in: ${JSON.stringify(signIn.body)}`)
        break
      }
      const assertion = { ceremonyId, credential: authenticator.get(publicKey) }
      const signedIn = await once(stage, 'a sign-in', () => ask('authenticate.finish', assertion))
      if (signedIn.good) journal.did('sign-in')
    }
  }
}

/** Makes keys, uses them, and rotates and revokes them. */
async function keepers(stage: Stage): Promise<void> {
  const { server, journal, key } = stage
  const make = (path: string, operation: string, json: object) => {
    const headers = { 'Idempotency-Key': randomUUID() }
    return until(stage, () => server.ask('POST', path, { key, operation, json, headers }))
  }
  const revoke = async (id: string) => {
    const path = `/v1/keys/${id}/revoke`
    const revoked = await until(stage, () => server.ask('POST', path, { key, operation: 'keys.revoke' }))
    if (!revoked) return
    if (revoked.status === 200) journal.keep('revoked', id)
    else journal.wrong.push(`a revocation was answered ${revoked.status}`)
    journal.did('revocation')
  }
  const works = async ({ id, secret }: Key) => {
    const heard = await until(stage, () =>
      server.ask('GET', '/v1/tenant', { key: { id, secret }, operation: 'tenant.read' }),
    )
    if (heard && heard.status !== 200) journal.wrong.push(`a key that was made was answered ${heard.status}`)
  }
  const made = (heard: Heard | undefined): Key | undefined => {
    if (!heard) return undefined
    if (heard.status !== 201) journal.wrong.push(`a key was refused: ${JSON.stringify(heard.body)}`)
    else journal.keep('apiKey', heard.body.id)
    return heard.status === 201 ? heard.body : undefined
  }
  for (let turn = 0; !stage.ended(); turn++) {
    const first = made(await make('/v1/keys', 'keys.create', { name: randomUUID(), scopes: ['passkeys:register'] }))
    if (!first) continue
    // Where the first answer was lost, nobody has its secret.
    if (first.secret) await works(first)
    const next = made(await make(`/v1/keys/${first.id}/rotate`, 'keys.rotate', { overlapSeconds: 600 }))
    if (!next) continue
    journal.did('rotation')
    if (next.secret) await works(next)
    await revoke(first.id)
    if (turn % 10 > 0) await revoke(next.id)
  }
}

/** Asks for money, each time once. */
async function payers(stage: Stage): Promise<void> {
  const { server, journal, key, paymentMethodId } = stage
  while (!stage.ended()) {
    const headers = { 'Idempotency-Key': randomUUID() }
    const json = { amount: 100, paymentMethodId }
    const ids = new Set<string>()
    for (let times = 0; times < 2; times++) {
      const heard = await until(stage, () =>
        server.ask('POST', '/v1/account/funds', { key, operation: 'account.fund', json, headers }),
      )
      if (!heard) continue
      if (heard.status !== 201) journal.wrong.push(`a top-up was answered ${heard.status}`)
      else {
        ids.add(heard.body.id)
        journal.keep('topUp', heard.body.id)
      }
    }
    if (ids.size > 1) journal.wrong.push('a top-up was made twice')
    journal.did('top-up')
    await elapse(50)
  }
}

/** Less than a code is good for, in milliseconds. */
const codeLife = 20_000

/** Takes a code of a user's consent, and rotates the refresh token that it brought. */
async function apps(stage: Stage): Promise<void> {
  const { server, journal } = stage
  const token = (form: Record<string, string>) => server.ask('POST', '/oauth/token', { form })
  while (!stage.ended()) {
    const began = performance.now()
    const code = await stage.newCode().catch(() => undefined)
    if (!code) continue
    const { client_id = '', resource = '' } = code
    const first = await token(code)
    if (!first) {
      // Whether it was used nobody knows: it is good once at most, and what is asked for with it again ends all of it.
      const again = await token(code)
      if (again && again.status !== 200 && again.body.error !== 'invalid_grant')
        journal.wrong.push(`a code was answered ${again.status} ${again.body.error}`)
      continue
    }
    // No server came up for as long as a code is good.
    if (first.body.error === 'invalid_grant' && performance.now() - began > codeLife) continue
    if (first.status !== 200) {
      journal.wrong.push(`a code was refused at once: ${JSON.stringify(first.body)}`)
      continue
    }
    let refreshToken: string = first.body.refresh_token
    for (let times = 0; times < 8 && !stage.ended(); times++) {
      const refresh = () => token({ grant_type: 'refresh_token', client_id, resource, refresh_token: refreshToken })
      const heard = await refresh()
      if (!heard) {
        const again = await refresh()
        if (again && again.status !== 200 && again.body.error !== 'invalid_grant')
          journal.wrong.push(`a refresh token was answered ${again.status} ${again.body.error}`)
        break
      }
      if (heard.status !== 200) {
        journal.wrong.push(`a refresh token that nobody used was refused: ${JSON.stringify(heard.body)}`)
        break
      }
      refreshToken = heard.body.refresh_token
      journal.did('refresh')
    }
    const used = await token(code)
    if (used?.status === 200) journal.wrong.push('a code was good twice')
  }
}

/** Gets tokens of a client's own, which are good whoever serves. */
async function services(stage: Stage): Promise<void> {
  const { server, journal, service } = stage
  while (!stage.ended()) {
    const heard = await server.ask('POST', '/oauth/token', { form: { grant_type: 'client_credentials', ...service } })
    if (!heard) continue
    if (heard.status !== 200) journal.wrong.push(`client credentials were answered ${heard.status}`)
    const headers = { Authorization: `Bearer ${heard.body.access_token}` }
    const used = await until(stage, () => server.ask('GET', '/v1/tenant', { headers }))
    if (used && used.status !== 200) journal.wrong.push(`a token was answered ${used.status}`)
    journal.did('token')
    await elapse(20)
  }
}
