import type { Client } from '#lib/sdk/client.ts'
import type { CompatibilitySession, TestPasskey } from './session.ts'
import { signalGone } from './signal-act.ts'

/**
 * Removes the test’s passkeys from the server, by the key where it manages passkeys, else by their users’ own tokens, and
 * tells the authenticator. Those that may not be removed stay in the answer.
 */
export async function removePasskeys(
  session: CompatibilitySession,
  client: Promise<Client>,
  managed: boolean,
): Promise<CompatibilitySession> {
  const left: TestPasskey[] = []
  for (const passkey of session.passkeys) {
    if (await isRemoved(passkey, await client, managed)) await signalGone(passkey)
    else left.push(passkey)
  }
  return { ...session, passkeys: left }
}

async function isRemoved({ passkeyId, token }: TestPasskey, client: Client, managed: boolean): Promise<boolean> {
  if (!managed && !token) return false
  try {
    await client.passkeys.delete(passkeyId, managed ? {} : { userToken: token })
    return true
  } catch {
    return false
  }
}
