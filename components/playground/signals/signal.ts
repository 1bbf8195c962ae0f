/**
 * What a relying party can tell the providers of passkeys, through the browser.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-signal-methods
 */
export type Signal =
  | { name: 'signalUnknownCredential'; input: UnknownCredentialOptions }
  | { name: 'signalAllAcceptedCredentials'; input: AllAcceptedCredentialsOptions }
  | { name: 'signalCurrentUserDetails'; input: CurrentUserDetailsOptions }

/** What is known once it was sent: a browser that takes a signal tells nothing of what became of it. */
export type SignalOutcome = { taken: true } | { taken: false; why: string }

/** Sends a signal, where the browser can. Never throws: that it cannot is an outcome. */
export async function sendSignal({ name, input }: Signal): Promise<SignalOutcome> {
  const api = globalThis.PublicKeyCredential as unknown as Partial<Record<string, (input: object) => Promise<void>>>
  if (typeof api?.[name] !== 'function') return { taken: false, why: lacking }
  try {
    await api[name](input)
    return { taken: true }
  } catch (error) {
    const { name: code, message } = error instanceof Error ? error : { name: 'Error', message: String(error) }
    return { taken: false, why: `${code}: ${message}` }
  }
}

/** Why a signal was not sent by a browser without the function. */
export const lacking = 'This browser does not have the function, so nothing was sent.'

/** What the specification asks of a provider that gets a signal. Whether one does it, no page can see. */
export const signalWords: Readonly<Record<Signal['name'], string>> = {
  signalUnknownCredential: 'A provider that holds this passkey removes or hides it, and offers it no more.',
  signalAllAcceptedCredentials:
    'A provider removes or hides every passkey of this user and RP ID that is not in the list, and shows again what it hid of those that are.',
  signalCurrentUserDetails: 'A provider shows these names beside the user’s passkeys from now on.',
}
