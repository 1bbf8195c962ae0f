import { lacking, type Signal, sendSignal } from '../signals/signal.ts'
import type { Evidence } from './evidence.ts'
import type { TestPasskey } from './session.ts'

/** Calls each function of the signal API with what is true of a passkey, and of one that nobody has. */
export async function signalAll({ rpId, userHandle: userId, credentialId, username }: TestPasskey): Promise<Evidence> {
  const nobodys = 'bm9ib2R5cy1jcmVkZW50aWFs'
  const signals: Signal[] = [
    { name: 'signalUnknownCredential', input: { rpId, credentialId: nobodys } },
    { name: 'signalAllAcceptedCredentials', input: { rpId, userId, allAcceptedCredentialIds: [credentialId] } },
    { name: 'signalCurrentUserDetails', input: { rpId, userId, name: username, displayName: username } },
  ]
  const without: string[] = []
  const differences: string[] = []
  for (const signal of signals) {
    const outcome = await sendSignal(signal)
    if (outcome.taken) continue
    if (outcome.why === lacking) without.push(signal.name)
    else differences.push(`${signal.name} was refused: ${outcome.why}`)
  }
  return { done: without.length === 0 && differences.length === 0, lacking: without, differences }
}

/** Tells the authenticator that a passkey is gone, where the browser can. */
export async function signalGone({ rpId, credentialId }: TestPasskey): Promise<void> {
  await sendSignal({ name: 'signalUnknownCredential', input: { rpId, credentialId } })
}
