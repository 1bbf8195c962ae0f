import type Provider from 'oidc-provider'
import type { InteractionStep } from '#lib/contract/oauth.ts'
import { findClient, type RegisteredClient } from '../clients/find-client.ts'
import { Problem } from '../problem.ts'
import { type Cookies, cookieNames, signedCookie } from './cookies.ts'
import { provider } from './provider.ts'
import type { Session } from './sessions.ts'

// A page under /interaction/{uid} asks a user what an authorization needs: to sign in, or to allow something. It belongs to
// the browser that began it, which has the interaction's signed cookie.

type Interaction = InstanceType<Provider['Interaction']>

/** An interaction that its own browser asks for. */
export interface Open {
  server: Provider
  interaction: Interaction
  client: RegisteredClient
  /** Of whoever is asked to allow something. */
  session?: Session
}

/** The interaction of a uid; null where it is unknown, over, or another browser's. */
export async function find(uid: string, cookies: Cookies): Promise<Open | null> {
  if (!uid || signedCookie(cookies, cookieNames().interaction) !== uid) return null
  const server = await provider()
  const interaction = await server.Interaction.find(uid)
  const client = interaction && (await findClient(String(interaction.params.client_id)))
  if (!client) return null
  // Who is asked to allow something is whoever is signed in, still.
  const open = { server, interaction, client }
  if (interaction.prompt.name !== 'consent') return open
  const session = await stillSignedIn(open, cookies)
  return session ? { ...open, session } : null
}

async function stillSignedIn({ server, interaction }: Open, cookies: Cookies): Promise<Session | undefined> {
  const id = signedCookie(cookies, cookieNames().session)
  const session = id === undefined ? undefined : await server.Session.find(id)
  const { uid, accountId } = interaction.session ?? {}
  return accountId !== undefined && session?.uid === uid && session?.accountId === accountId ? session : undefined
}

/**
 * The same, which asks for this.
 *
 * @throws Problem interaction_unknown
 */
export async function opened(uid: string, cookies: Cookies, prompt?: 'login' | 'consent'): Promise<Open> {
  const open = await find(uid, cookies)
  if (!open || (prompt && open.interaction.prompt.name !== prompt)) throw unknown()
  return open
}

/** Ends an interaction with an answer; the flow goes on where it came from. */
export async function finished(interaction: Interaction, result: Interaction['result']): Promise<InteractionStep> {
  interaction.result = { ...interaction.lastSubmission, ...result }
  await interaction.persist()
  return { location: interaction.returnTo }
}

function unknown(): Problem {
  return new Problem(
    'interaction_unknown',
    'This sign-in is over, older than 15 minutes, or was begun in another browser. Go back to the app and begin again.',
  )
}
