import { byteInputs } from '#lib/sdk/credentials/extension-bytes.ts'
import type { CeremonyKind } from '#lib/webauthn/options.ts'
import { keyedCurl, literal, memberName, shellWord, typescript, typescriptValue } from './written.ts'

/** What a ceremony is begun with. */
export interface CeremonyFacts {
  ceremony: CeremonyKind
  /** Absent: whoever the passkey belongs to. */
  username: string | undefined
  /** The request’s `options`; undefined where nothing is set. */
  options: object | undefined
  /** Members of the browser’s call that the server does not know. */
  added: object | undefined
  /** How the browser’s call is mediated; a registration’s is told to the server, too. */
  mediation: unknown
}

/** Where a ceremony’s two calls go. */
export const ceremonyPaths = {
  registration: { begin: '/v1/passkeys/register/begin', finish: '/v1/passkeys/register/finish' },
  authentication: { begin: '/v1/passkeys/authenticate/begin', finish: '/v1/passkeys/authenticate/finish' },
} as const

/** A command that begins the ceremony. Its key is in PLAYGROUND_API_KEY. */
export function ceremonyByCurl(baseUrl: string, facts: CeremonyFacts): string {
  return keyedCurl(baseUrl + ceremonyPaths[facts.ceremony].begin, shellWord(JSON.stringify(bodyOf(facts))))
}

/** Asks for the key in a page: one that stood in the lines would be shared with them. */
export const askedForKey = [
  '// In a page, which asks for a test key: no live key belongs in a browser.',
  "const apiKey = prompt('Test API key') ?? ''",
]

/** A function that calls the API in a page, with the parameters that its language writes. */
export function postByFetch(baseUrl: string, parameters: string): string[] {
  return [
    `async function post(${parameters}) {`,
    `  const response = await fetch(${literal(baseUrl)} + path, {`,
    "    method: 'POST',",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the snippet’s own
    "    headers: { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json' },",
    '    body: JSON.stringify(body),',
    '  })',
    '  if (!response.ok) throw new Error(await response.text())',
    '  return response.json()',
    '}',
  ]
}

/** The whole ceremony in a page, with the SDK. */
export function ceremonyBySdk(baseUrl: string, facts: CeremonyFacts): string {
  const registers = facts.ceremony === 'registration'
  const beside =
    registers || facts.mediation === undefined ? '' : `, ${typescriptValue({ mediation: facts.mediation })}`
  return typescript(
    baseUrl,
    "import { Client } from '@webauthn-playground/sdk'",
    '',
    ...askedForKey,
    `const client = new Client({ baseUrl: ${literal(baseUrl)}, apiKey })`,
    ...unsent(namesOf(facts.added)),
    `const answer = await client.passkeys.${registers ? 'register' : 'authenticate'}(${typescriptValue(bodyOf(facts))}${beside})`,
    `console.log(answer.${registers ? 'passkey' : 'token'})`,
  )
}

/** The whole ceremony in a page, with fetch and @simplewebauthn/browser. */
export function ceremonyBySimpleWebAuthn(baseUrl: string, facts: CeremonyFacts): string {
  const { ceremony, mediation, options, added } = facts
  const registers = ceremony === 'registration'
  const start = registers ? 'startRegistration' : 'startAuthentication'
  const bytes = bytesIn((options as { extensions?: object } | undefined)?.extensions)
  const { allowCredentials } = (options ?? {}) as { allowCredentials?: unknown }
  const { own, before, field } = simpleWebAuthnMediation(ceremony, mediation, allowCredentials, namesOf(added))
  return [
    '// npm install @simplewebauthn/browser',
    `import { ${bytes.length ? 'base64URLStringToBuffer, ' : ''}${start} } from '@simplewebauthn/browser'`,
    '',
    ...askedForKey,
    '',
    ...postByFetch(baseUrl, 'path: string, body: object'),
    '',
    ...before,
    `const { ceremonyId, publicKey } = await post('${ceremonyPaths[ceremony].begin}', ${typescriptValue(bodyOf(facts))})`,
    ...asBytes(bytes),
    ...field,
    `const credential = await ${start}({ optionsJSON: publicKey${own} })`,
    `console.log(await post('${ceremonyPaths[ceremony].finish}', { ceremonyId, credential }))`,
  ].join('\n')
}

/** What the begin call says. */
export function bodyOf({ ceremony, username, options, mediation }: CeremonyFacts): object {
  return {
    ...(username ? { username } : {}),
    ...(options ? { options } : {}),
    ...(ceremony === 'registration' && mediation !== undefined ? { mediation } : {}),
  }
}

/** What @simplewebauthn/browser takes for a mediation, with lines that say what it does not pass on and what a page needs. */
export function simpleWebAuthnMediation(
  ceremony: CeremonyKind,
  mediation: unknown,
  allowCredentials: unknown,
  others: readonly string[] = [],
): { own: string; before: string[]; field: string[] } {
  const conditional = mediation === 'conditional'
  const inField = conditional && ceremony === 'authentication'
  const left = [
    ...(mediation === undefined || conditional ? [] : [`mediation: ${JSON.stringify(mediation)}`]),
    ...(inField && Array.isArray(allowCredentials) ? ['allowCredentials'] : []),
    ...others,
  ]
  return {
    own: inField ? ', useBrowserAutofill: true' : conditional ? ', useAutoRegister: true' : '',
    before: unsent(left),
    field: inField ? ['// The page has a field for it: <input autocomplete="username webauthn">'] : [],
  }
}

/** Where extension inputs of `publicKey` have bytes: each place as an expression. */
export function bytesIn(extensions: object = {}): string[] {
  return Object.entries(extensions).flatMap(([name, input]) =>
    byteInputs.has(name) ? textsIn(input, `publicKey.extensions.${name}`) : [],
  )
}

/** What makes bytes of them, for the browser. */
export function asBytes(places: readonly string[]): string[] {
  return places.length
    ? [
        '// In JSON these are base64url; the browser wants bytes.',
        ...places.map((input) => `${input} = base64URLStringToBuffer(${input})`),
      ]
    : []
}

function textsIn(value: unknown, place: string): string[] {
  if (typeof value === 'string') return place.endsWith('.support') ? [] : [place]
  if (!value || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([name, member]) => textsIn(member, `${place}${memberName(name)}`))
}

function namesOf(members: object = {}): string[] {
  return Object.keys(members).map((name) => JSON.stringify(name))
}

/** What these lines do not pass on, as a comment, whose line nothing in it ends: each is JSON, or a name of ours. */
function unsent(names: string[]): string[] {
  const left = names.join(', ').replace(/[\u2028\u2029]/g, ' ')
  return left ? [`// For the browser’s own call, and not passed on here: ${left}`] : []
}
