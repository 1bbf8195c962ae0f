import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'
import { inputsFromJson, resultsToJson } from '#lib/sdk/credentials/extension-bytes.ts'
import { fromBase64url } from '#lib/webauthn/decode/bytes.ts'
import { answerCreate, answerGet, type Surroundings } from './answering.ts'
import { SoftwareAssertionResponse, SoftwareAttestationResponse, SoftwareCredential } from './credential-object.ts'
import { markSoftware, softwareOf } from './made-by-software.ts'
import { signalsOf } from './signals.ts'

interface Asked {
  publicKey?: unknown
  signal?: AbortSignal
  mediation?: string
}

/** Where a page finds WebAuthn: its globals, and its navigator. */
interface Page {
  globals: object
  navigator: { credentials?: CredentialsContainer }
}

/**
 * Lets software authenticators answer `navigator.credentials` in a page, also where the browser has no WebAuthn at all. What is
 * no passkey's goes to the browser as before. The function that it gives takes everything back.
 */
export function installCredentials(
  surroundings: Surroundings,
  { globals, navigator }: Page = { globals: globalThis, navigator: globalThis.navigator },
): () => void {
  const native = navigator.credentials
  const before = native && { create: native.create.bind(native), get: native.get.bind(native) }
  const Credential = api(surroundings)
  const call =
    (name: 'create' | 'get') =>
    async (options: Asked = {}) => {
      if (options.publicKey) return answered(name, options, surroundings, Credential)
      if (!before) throw new DOMException('only passkeys are here', 'NotSupportedError')
      return before[name](options as CredentialCreationOptions & CredentialRequestOptions)
    }
  const own = { create: call('create'), get: call('get') }
  const restores = [
    replace(globals, 'PublicKeyCredential', Credential),
    replace(globals, 'AuthenticatorAttestationResponse', SoftwareAttestationResponse),
    replace(globals, 'AuthenticatorAssertionResponse', SoftwareAssertionResponse),
    ...(native
      ? [replace(native, 'create', own.create), replace(native, 'get', own.get)]
      : [replace(navigator, 'credentials', own)]),
  ]
  return () => {
    for (const restore of restores.toReversed()) restore()
  }
}

async function answered(
  name: 'create' | 'get',
  { publicKey, signal, mediation }: Asked,
  surroundings: Surroundings,
  Credential: typeof SoftwareCredential,
) {
  try {
    // Buffers as base64url; a copy, as browsers take one at the call.
    const options = resultsToJson(publicKey)
    const answer =
      name === 'create'
        ? await answerCreate(options as PublicKeyCredentialCreationOptionsJSON, { signal, mediation }, surroundings)
        : await answerGet(options as PublicKeyCredentialRequestOptionsJSON, { signal, mediation }, surroundings)
    return answer && markSoftware(new Credential(answer.json), answer.name)
  } catch (error) {
    throw error instanceof Error && softwareOf(error) === undefined ? markSoftware(error, '') : error
  }
}

/** `PublicKeyCredential` with all that pages ask it. */
function api(surroundings: Surroundings) {
  const signals = signalsOf(surroundings)
  const yes = async () => true
  const hasPlatform = () =>
    surroundings.authenticators().some(({ settings }) => settings.attachment === 'platform' && settings.verifiesUsers)
  return class extends SoftwareCredential {
    static readonly isUserVerifyingPlatformAuthenticatorAvailable = async () => hasPlatform()
    static readonly isConditionalMediationAvailable = yes
    static readonly getClientCapabilities = async () => ({
      conditionalCreate: true,
      conditionalGet: true,
      hybridTransport: false,
      passkeyPlatformAuthenticator: hasPlatform(),
      relatedOrigins: false,
      signalAllAcceptedCredentials: true,
      signalCurrentUserDetails: true,
      signalUnknownCredential: true,
      userVerifyingPlatformAuthenticator: hasPlatform(),
      'extension:credProps': true,
      'extension:largeBlob': true,
      'extension:prf': true,
    })
    static readonly parseCreationOptionsFromJSON = parsed
    static readonly parseRequestOptionsFromJSON = parsed
    static readonly signalUnknownCredential = signals.signalUnknownCredential
    static readonly signalAllAcceptedCredentials = signals.signalAllAcceptedCredentials
    static readonly signalCurrentUserDetails = signals.signalCurrentUserDetails
  }
}

interface OptionsJson {
  challenge: string
  user?: { id: string }
  excludeCredentials?: { id: string }[]
  allowCredentials?: { id: string }[]
  extensions?: Record<string, unknown>
}

/** @see https://www.w3.org/TR/webauthn-3/#sctn-parseCreationOptionsFromJSON */
function parsed(json: OptionsJson) {
  const listed = (name: 'excludeCredentials' | 'allowCredentials') =>
    json[name] ? { [name]: json[name].map((each) => ({ ...each, id: bytes(each.id) })) } : {}
  const extensions = inputsFromJson(json.extensions)
  return {
    ...json,
    challenge: bytes(json.challenge),
    ...(json.user ? { user: { ...json.user, id: bytes(json.user.id) } } : {}),
    ...listed('excludeCredentials'),
    ...listed('allowCredentials'),
    ...(extensions ? { extensions } : {}),
  }
}

function bytes(base64url: string): ArrayBuffer {
  const read = fromBase64url(base64url)
  if (!read) throw new DOMException('a member is no base64url', 'EncodingError')
  return read.buffer
}

function replace(object: object, name: string, value: unknown): () => void {
  const before = Object.getOwnPropertyDescriptor(object, name)
  Object.defineProperty(object, name, { value, configurable: true, writable: true, enumerable: true })
  return () => {
    if (before) Object.defineProperty(object, name, before)
    else Reflect.deleteProperty(object, name)
  }
}
