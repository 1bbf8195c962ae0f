import type { Run } from '../run.ts'
import type { State } from '../state.ts'
import { sendSignal } from './signal.ts'

/** The credential of a ceremony, and the RP ID that it was asked for; undefined where there was none. */
export function usedIn({ messages }: Run): { rpId: string; credentialId: string } | undefined {
  const sent = (id: string) => messages.find((message) => message.id === id)?.body
  const asked = (sent('request') ?? {}) as { rpId?: string; rp?: { id?: string } }
  const rpId = asked.rpId ?? asked.rp?.id
  const { id: credentialId } = (sent('credential') ?? {}) as { id?: string }
  return rpId && credentialId ? { rpId, credentialId } : undefined
}

/** Tells the provider of a ceremony’s passkey that the server does not know it, and says what came of that. */
export async function tellProvider(run: Run): Promise<NonNullable<State['notice']> | undefined> {
  const input = usedIn(run)
  if (!input) return
  const outcome = await sendSignal({ name: 'signalUnknownCredential', input })
  const passed = `signalUnknownCredential passed on the RP ID ${input.rpId} and the credential ID ${input.credentialId}.`
  return outcome.taken
    ? {
        title: 'The browser took the signal.',
        note: `${passed} A provider that holds this passkey removes or hides it; whether it did, no page is told.`,
      }
    : { title: 'The provider was not told.', note: outcome.why }
}
