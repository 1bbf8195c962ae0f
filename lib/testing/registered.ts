import { SoftwareAuthenticator } from './authenticator.ts'
import type { VirtualCredential } from './page-authenticator.ts'

/**
 * Registers users, each with a passkey that every authenticator takes in: of ES256, as Chromium wants it, and device-bound,
 * as Playwright's are.
 *
 * @returns the passkeys, by username
 * @throws Error with what the server says, where it refuses one; it is ended then
 */
export async function registered(
  server: { url: string; apiKey: string; stop(): Promise<void> },
  usernames: readonly string[],
): Promise<Record<string, VirtualCredential>> {
  const settings = { origin: server.url, algorithms: [-7] }
  const options = { authenticatorSelection: { residentKey: 'required' } }
  const passkeys: Record<string, VirtualCredential> = {}
  async function post(step: 'begin' | 'finish', body: object) {
    const answer = await fetch(`${server.url}/v1/passkeys/register/${step}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const said = await answer.json()
    if (!answer.ok) throw new Error(`The emulator did not start: ${said.detail}`)
    return said
  }
  try {
    for (const username of usernames) {
      const authenticator = new SoftwareAuthenticator(settings)
      const { ceremonyId, publicKey } = await post('begin', { username, options })
      await post('finish', { ceremonyId, credential: authenticator.create(publicKey) })
      const [passkey] = authenticator.credentials.export()
      if (passkey) passkeys[username] = passkey
    }
    return passkeys
  } catch (error) {
    await server.stop()
    throw error
  }
}
