import type { Evidence } from './evidence.ts'
import type { TestPasskey } from './session.ts'

type Call = (input: Record<string, unknown>) => Promise<void>
type Signals = Partial<Record<SignalName, Call>>
type SignalName = 'signalUnknownCredential' | 'signalAllAcceptedCredentials' | 'signalCurrentUserDetails'

function api(): Signals {
  return (globalThis.PublicKeyCredential ?? {}) as unknown as Signals
}

/** Calls each function of the signal API with what is true of a passkey, and of one that nobody has. */
export async function signalAll({ rpId, userHandle: userId, credentialId, username }: TestPasskey): Promise<Evidence> {
  const nobodys = 'bm9ib2R5cy1jcmVkZW50aWFs'
  const calls: [SignalName, Record<string, unknown>][] = [
    ['signalUnknownCredential', { rpId, credentialId: nobodys }],
    ['signalAllAcceptedCredentials', { rpId, userId, allAcceptedCredentialIds: [credentialId] }],
    ['signalCurrentUserDetails', { rpId, userId, name: username, displayName: username }],
  ]
  const lacking: string[] = []
  const differences: string[] = []
  for (const [name, input] of calls) {
    const signals = api()
    if (typeof signals[name] !== 'function') lacking.push(name)
    else {
      await signals[name](input).catch((error: unknown) => {
        differences.push(`${name} was refused: ${error instanceof Error ? error.name : String(error)}.`)
      })
    }
  }
  return { done: lacking.length === 0 && differences.length === 0, lacking, differences }
}

/** Tells the authenticator that a passkey is gone, where the browser can. */
export async function signalGone({ rpId, credentialId }: TestPasskey): Promise<void> {
  await api()
    .signalUnknownCredential?.({ rpId, credentialId })
    .catch(() => undefined)
}
