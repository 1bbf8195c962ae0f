import type { CeremonyKind } from '#lib/webauthn/options.ts'
import { command, literal, shellWord, typescript, typescriptValue } from './written.ts'

/** What a ceremony is begun with. */
export interface CeremonyFacts {
  ceremony: CeremonyKind
  /** Absent: whoever the passkey belongs to. */
  username: string | undefined
  /** The request’s `options`; undefined where nothing is set. */
  options: object | undefined
  /** Members of the browser’s call that the server does not know. */
  added: object | undefined
  /** How the browser’s call is mediated, which is no part of the request. */
  mediation: unknown
}

const paths = {
  registration: { begin: '/v1/passkeys/register/begin', finish: '/v1/passkeys/register/finish' },
  authentication: { begin: '/v1/passkeys/authenticate/begin', finish: '/v1/passkeys/authenticate/finish' },
} as const

/** A command that begins the ceremony. Its key is in PLAYGROUND_API_KEY. */
export function ceremonyByCurl(baseUrl: string, facts: CeremonyFacts): string {
  return command(
    `curl ${baseUrl}${paths[facts.ceremony].begin}`,
    '-H "Authorization: Bearer $PLAYGROUND_API_KEY"',
    '-H "Content-Type: application/json"',
    `-d ${shellWord(JSON.stringify(bodyOf(facts)))}`,
  )
}

/** The whole ceremony in a page, with the SDK. */
export function ceremonyBySdk(baseUrl: string, facts: CeremonyFacts): string {
  const registers = facts.ceremony === 'registration'
  return typescript(
    baseUrl,
    "import { Client } from '@webauthn-playground/sdk'",
    '',
    '// A test key: no live key belongs in a browser.',
    `const client = new Client({ baseUrl: ${literal(baseUrl)}, apiKey: TEST_KEY })`,
    ...unsent(facts),
    `const answer = await client.passkeys.${registers ? 'register' : 'authenticate'}(${typescriptValue(bodyOf(facts))})`,
    `console.log(answer.${registers ? 'passkey' : 'token'})`,
  )
}

/** The whole ceremony in a page, with fetch and @simplewebauthn/browser. */
export function ceremonyBySimpleWebAuthn(baseUrl: string, facts: CeremonyFacts): string {
  const { ceremony, mediation } = facts
  const registers = ceremony === 'registration'
  const start = registers ? 'startRegistration' : 'startAuthentication'
  const conditional = registers ? 'useAutoRegister' : 'useBrowserAutofill'
  const own = mediation === 'conditional' ? `, ${conditional}: true` : ''
  return [
    '// npm install @simplewebauthn/browser',
    `import { ${start} } from '@simplewebauthn/browser'`,
    '',
    'async function post(path: string, body: object) {',
    `  const response = await fetch(${literal(baseUrl)} + path, {`,
    "    method: 'POST',",
    '    // A test key: no live key belongs in a browser.',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the snippet’s own
    "    headers: { Authorization: `Bearer ${TEST_KEY}`, 'Content-Type': 'application/json' },",
    '    body: JSON.stringify(body),',
    '  })',
    '  if (!response.ok) throw new Error(await response.text())',
    '  return response.json()',
    '}',
    '',
    ...unsent(facts, Boolean(own)),
    `const { ceremonyId, publicKey } = await post('${paths[ceremony].begin}', ${typescriptValue(bodyOf(facts))})`,
    `const credential = await ${start}({ optionsJSON: publicKey${own} })`,
    `console.log(await post('${paths[ceremony].finish}', { ceremonyId, credential }))`,
  ].join('\n')
}

function bodyOf({ username, options }: CeremonyFacts): object {
  return { ...(username ? { username } : {}), ...(options ? { options } : {}) }
}

/** What these lines do not pass on, as comments. */
function unsent({ added, mediation }: CeremonyFacts, mediated = false): string[] {
  const left = [
    ...(mediation === undefined || mediated ? [] : [`mediation: ${mediation}`]),
    ...Object.keys(added ?? {}).map((name) => JSON.stringify(name)),
  ]
  return left.length ? [`// For the browser’s own call, and not passed on here: ${left.join(', ')}`] : []
}
