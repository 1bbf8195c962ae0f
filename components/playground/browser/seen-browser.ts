/** What a page can learn of the browser that it is in. A member that is undefined was not told. */
export interface SeenBrowser {
  userAgent: string
  origin: string
  hostname: string
  secureContext: boolean
  /** `PublicKeyCredential` is there. */
  webAuthn: boolean
  /** The page stands in another's frame. */
  framed: boolean
  /** Origins of the pages around it, the nearest first. */
  ancestors?: readonly string[] | undefined
  /** What the permission policy lets this page do. */
  permitted: { create?: boolean | undefined; get?: boolean | undefined }
  platformAuthenticator?: boolean | undefined
  conditionalMediation?: boolean | undefined
  /** `getClientCapabilities()`, as it answered. */
  capabilities?: Readonly<Record<string, boolean>> | undefined
  /** Functions of the API by name, whether they are there. */
  functions: Readonly<Record<string, boolean>>
}

type Static = Record<string, unknown> & {
  prototype?: object
  isUserVerifyingPlatformAuthenticatorAvailable?: () => Promise<boolean>
  isConditionalMediationAvailable?: () => Promise<boolean>
  getClientCapabilities?: () => Promise<Record<string, boolean>>
}

const statics = [
  'getClientCapabilities',
  'parseCreationOptionsFromJSON',
  'parseRequestOptionsFromJSON',
  'signalAllAcceptedCredentials',
  'signalCurrentUserDetails',
  'signalUnknownCredential',
]
const ofResponse = ['getAuthenticatorData', 'getPublicKey', 'getPublicKeyAlgorithm', 'getTransports']

/** Asks the browser everything that it tells a page. No dialogue comes up, and nothing is sent anywhere. */
export async function seeBrowser(): Promise<SeenBrowser> {
  const api = globalThis.PublicKeyCredential as unknown as Static | undefined
  const response = globalThis.AuthenticatorAttestationResponse?.prototype as object | undefined
  const [platformAuthenticator, conditionalMediation, capabilities] = await Promise.all([
    told(() => api?.isUserVerifyingPlatformAuthenticatorAvailable?.()),
    told(() => api?.isConditionalMediationAvailable?.()),
    told(() => api?.getClientCapabilities?.()),
  ])
  return {
    userAgent: navigator.userAgent,
    origin: location.origin,
    hostname: location.hostname,
    secureContext: window.isSecureContext,
    webAuthn: typeof api === 'function',
    framed: window.top !== window,
    ancestors: ancestors(),
    permitted: { create: allowed('publickey-credentials-create'), get: allowed('publickey-credentials-get') },
    platformAuthenticator,
    conditionalMediation,
    // A plain copy: some browsers answer with an object of their own.
    capabilities: capabilities && { ...capabilities },
    functions: Object.fromEntries([
      ...statics.map((name) => [name, typeof api?.[name] === 'function']),
      ['toJSON', Boolean(api?.prototype && 'toJSON' in api.prototype)],
      ...ofResponse.map((name) => [name, Boolean(response && name in response)]),
    ]),
  }
}

/** What a question is answered with; undefined where it cannot be asked, or fails. */
async function told<Answer>(ask: () => Promise<Answer> | undefined): Promise<Answer | undefined> {
  try {
    return await ask()
  } catch {
    return undefined
  }
}

function ancestors(): string[] | undefined {
  const { ancestorOrigins } = location as { ancestorOrigins?: DOMStringList }
  if (ancestorOrigins) return [...ancestorOrigins]
  return window.top === window ? [] : undefined
}

function allowed(feature: string): boolean | undefined {
  const { featurePolicy, permissionsPolicy } = document as unknown as Record<
    'featurePolicy' | 'permissionsPolicy',
    { allowsFeature(name: string): boolean } | undefined
  >
  return (permissionsPolicy ?? featurePolicy)?.allowsFeature(feature)
}
