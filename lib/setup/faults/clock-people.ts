import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { SoftwareAuthenticator } from '../../testing/authenticator.ts'
import type { Key } from './acts.ts'
import type { Asker, Heard } from './asker.ts'

/** Somebody who registered. */
export interface Person {
  username: string
  authenticator: SoftwareAuthenticator
}

/** What somebody began: how it is ended, and by which credential. */
interface Begun {
  step: string
  json: { ceremonyId: string; credential: object }
}

/** The answer of something that may be asked for again where a server had no time for it. */
export async function until<Answer>(ask: () => Promise<Answer | undefined>): Promise<Answer> {
  for (let tries = 0; tries < 100; tries++) {
    const answer = await ask()
    if (answer !== undefined) return answer
  }
  throw new Error('There was no time for it a hundred times.')
}

/** What people do at a server, with a key of a tenant's. */
export function peopleOf(key: Key, origin: string) {
  function ask(server: Asker, step: string, json: object): Promise<Heard | undefined> {
    const path = `/v1/passkeys/${step.replace('.', '/')}`
    return server.ask('POST', path, { key, operation: `passkeys.${step}`, json })
  }
  const end = (server: Asker, { step, json }: Begun) => ask(server, step, json)

  /** Has somebody new go as far as to where only the end of a registration is missing. */
  async function beginRegistration(server: Asker): Promise<Begun & Person> {
    const person = { username: randomUUID(), authenticator: new SoftwareAuthenticator({ origin }) }
    const { status, body } = await until(() => ask(server, 'register.begin', { username: person.username }))
    expect([status, body.code]).toEqual([200, undefined])
    const credential = person.authenticator.create(body.publicKey)
    return { ...person, step: 'register.finish', json: { ceremonyId: body.ceremonyId, credential } }
  }

  /** Likewise of a sign-in. */
  async function beginSignIn(server: Asker, { username, authenticator }: Person): Promise<Begun> {
    const { status, body } = await until(() => ask(server, 'authenticate.begin', { username }))
    expect([status, body.code]).toEqual([200, undefined])
    const credential = authenticator.get(body.publicKey)
    return { step: 'authenticate.finish', json: { ceremonyId: body.ceremonyId, credential } }
  }

  async function register(server: Asker): Promise<Person> {
    return until(async () => {
      const begun = await beginRegistration(server)
      const heard = await end(server, begun)
      if (heard) expect([heard.status, heard.body.code]).toEqual([201, undefined])
      return heard && begun
    })
  }

  /** Their token. */
  async function signIn(server: Asker, person: Person): Promise<string> {
    return until(async () => {
      const heard = await end(server, await beginSignIn(server, person))
      if (heard) expect([heard.status, heard.body.code]).toEqual([200, undefined])
      return heard?.body.token
    })
  }

  return { beginRegistration, beginSignIn, end, register, signIn }
}
