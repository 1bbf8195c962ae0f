import {
  type AuthenticationResponseJSON,
  base64URLStringToBuffer,
  browserSupportsWebAuthn,
  browserSupportsWebAuthnAutofill,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  WebAuthnAbortService,
} from '@simplewebauthn/browser'
import type { Beside } from './beside.ts'
import { DialogueError, UnsupportedCall } from './credential-errors.ts'
import { authenticationJson, registrationJson } from './credential-json.ts'
import { inputsFromJson } from './extension-bytes.ts'

/**
 * Asks the browser for a new credential: in a dialogue, or with conditional mediation beside a sign-in that just was.
 * `WebAuthnAbortService` ends the dialogue, and so does the next call. `look` sees the object itself, before it is read.
 *
 * @throws DialogueError when there is none, UnreadableCredential when it cannot be sent, UnsupportedCall without WebAuthn or
 *   where it has no such mediation
 */
export async function createCredential(
  options: PublicKeyCredentialCreationOptionsJSON,
  beside: Beside = {},
  look: Look = unseen,
): Promise<RegistrationResponseJSON> {
  if (beside.mediation === 'conditional' && !(await makesPasskeysBeside())) {
    throw new UnsupportedCall('This browser makes no passkeys without a dialogue (conditional create).')
  }
  return registrationJson(
    await ask('create', look, async (signal) => {
      const publicKey = {
        ...options,
        ...withInputs(options),
        challenge: base64URLStringToBuffer(options.challenge),
        user: { ...options.user, id: base64URLStringToBuffer(options.user.id) },
        ...(options.excludeCredentials ? { excludeCredentials: options.excludeCredentials.map(withBuffer) } : {}),
      } as PublicKeyCredentialCreationOptions
      return navigator.credentials.create({ publicKey, signal, ...beside })
    }),
  )
}

/**
 * Asks the browser for an assertion: in a dialogue, or with conditional mediation in the field that offers passkeys, of which
 * allowed credentials are the only ones to be offered there. Otherwise as `createCredential`.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-discover-from-external-source
 */
export async function getCredential(
  options: PublicKeyCredentialRequestOptionsJSON,
  beside: Beside = {},
  look: Look = unseen,
): Promise<AuthenticationResponseJSON> {
  if (beside.mediation === 'conditional' && !(await browserSupportsWebAuthnAutofill())) {
    throw new UnsupportedCall('This browser offers no passkeys in fields.')
  }
  return authenticationJson(
    await ask('get', look, async (signal) => {
      // An empty list would allow nothing in some browsers.
      const { allowCredentials = [], ...rest } = options
      const allowed = allowCredentials.length ? { allowCredentials: allowCredentials.map(withBuffer) } : {}
      const publicKey = {
        ...rest,
        ...withInputs(options),
        ...allowed,
        challenge: base64URLStringToBuffer(options.challenge),
      } as PublicKeyCredentialRequestOptions
      return navigator.credentials.get({ publicKey, signal, ...beside })
    }),
  )
}

/** Whether the browser says so of itself: one that has conditional create has a way to ask for it, too. */
async function makesPasskeysBeside(): Promise<boolean> {
  if (!browserSupportsWebAuthn()) return false
  const { conditionalCreate } = (await PublicKeyCredential.getClientCapabilities?.()) ?? {}
  return conditionalCreate === true
}

/** Sees the object itself before it is read. */
type Look = (credential: PublicKeyCredential) => void

const unseen: Look = () => undefined

async function ask(
  call: DialogueError['call'],
  look: Look,
  open: (signal: AbortSignal) => Promise<Credential | null>,
): Promise<PublicKeyCredential> {
  if (!browserSupportsWebAuthn()) throw new UnsupportedCall('This browser has no WebAuthn.')
  const began = performance.now()
  const ended = (cause: Error) => new DialogueError(call, cause, performance.now() - began)
  const credential = await open(WebAuthnAbortService.createNewAbortSignal()).catch((thrown: unknown) => {
    throw ended(thrown instanceof Error ? thrown : new Error(String(thrown)))
  })
  if (!credential) throw ended(new Error('The browser gave no credential, and no reason.'))
  look(credential as PublicKeyCredential)
  return credential as PublicKeyCredential
}

/** Buffers where the browser wants buffers, in a copy: the JSON stays as the server sent it. */
function withInputs({ extensions }: { extensions?: object }) {
  const inputs = inputsFromJson(extensions as Record<string, unknown> | undefined)
  return inputs ? { extensions: inputs } : {}
}

function withBuffer<Descriptor extends { id: string }>(descriptor: Descriptor) {
  return { ...descriptor, id: base64URLStringToBuffer(descriptor.id) }
}
