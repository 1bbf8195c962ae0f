import type Provider from 'oidc-provider'
import type { Named, Whence } from './passkey-names.ts'

/** A browser's session with the authorization server. */
export type Session = InstanceType<Provider['Session']> & Pick<Named, 'passkeyId'> & Whence

/** Takes the user out of a browser's session; what they allowed apps goes on. */
export async function signOutOf(server: Provider, uid: string): Promise<void> {
  const session: Session | undefined = await server.Session.findByUid(uid)
  if (!session?.accountId) return
  const nobody = {
    accountId: undefined,
    authorizations: undefined,
    loginTs: undefined,
    amr: undefined,
    passkeyId: undefined,
    address: undefined,
    userAgent: undefined,
  }
  Object.assign(session, nobody)
  await session.persist()
}
