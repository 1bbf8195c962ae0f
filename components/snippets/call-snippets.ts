import type { CeremonyKind } from '#lib/webauthn/options.ts'
import { asBytes, bytesIn, ceremonyPaths, simpleWebAuthnMediation } from './ceremony-snippets.ts'
import { keyedCurl, literal, python, pythonValue, shellWord, typescript, typescriptValue } from './written.ts'

/** One call of a ceremony, as it was made. */
export interface CeremonyCall {
  ceremony: CeremonyKind
  call: 'begin' | 'finish'
  body: object
}

export type CallForm = 'curl' | 'fetch' | 'sdk' | 'python'

/** One call of a ceremony for a shell or a program. Its key is in PLAYGROUND_API_KEY. */
export function callAs(form: CallForm, baseUrl: string, made: CeremonyCall): string {
  return forms[form](baseUrl, made)
}

const forms: Readonly<Record<CallForm, (baseUrl: string, made: CeremonyCall) => string>> = {
  curl: (baseUrl, { ceremony, call, body }) =>
    keyedCurl(baseUrl + ceremonyPaths[ceremony][call], shellWord(JSON.stringify(body))),
  fetch: (baseUrl, { ceremony, call, body }) =>
    [
      `const response = await fetch(${literal(baseUrl + ceremonyPaths[ceremony][call])}, {`,
      "  method: 'POST',",
      '  headers: {',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the snippet’s own
      '    Authorization: `Bearer ${process.env.PLAYGROUND_API_KEY}`,',
      "    'Content-Type': 'application/json',",
      '  },',
      `  body: JSON.stringify(${typescriptValue(body)}),`,
      '})',
      'console.log(response.status, await response.json())',
    ].join('\n'),
  sdk: (baseUrl, { ceremony, call, body }) =>
    typescript(
      baseUrl,
      "import { Client } from '@webauthn-playground/sdk'",
      '',
      `const client = new Client({ baseUrl: ${literal(baseUrl)} }) // its key is in PLAYGROUND_API_KEY`,
      `console.log(await client.passkeys.${verbs[ceremony]}.${call}(${typescriptValue(body)}))`,
    ),
  python: (baseUrl, { ceremony, call, body }) =>
    python(
      baseUrl,
      'from webauthn_playground import Client',
      '',
      `client = Client(base_url=${JSON.stringify(baseUrl)})  # its key is in PLAYGROUND_API_KEY`,
      `print(client.passkeys.${verbs[ceremony]}.${call}(${pythonArguments(body)}))`,
    ),
}

/** What the clients call a ceremony. */
export const verbs: Readonly<Record<CeremonyKind, string>> = {
  registration: 'register',
  authentication: 'authenticate',
}

/**
 * Members of a body as Python's arguments: their own names in snake case, what is in them as WebAuthn names it. A run from
 * elsewhere may have members of any name: what is no name in Python stands there as a text.
 */
export function pythonArguments(body: object): string {
  return Object.entries(body)
    .map(([name, value]) =>
      /^[A-Za-z]\w*$/.test(name)
        ? `${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}=${pythonValue(value)}`
        : `**${pythonValue({ [name]: value })}`,
    )
    .join(', ')
}

/**
 * What a page asks its browser for, with the options that it was asked with.
 *
 * @param mediation beside the options, where there is one
 */
export function browserCall(
  form: 'javascript' | 'simplewebauthn',
  ceremony: CeremonyKind,
  publicKey: object,
  mediation?: string,
): string {
  const registers = ceremony === 'registration'
  if (form === 'simplewebauthn') {
    const start = registers ? 'startRegistration' : 'startAuthentication'
    const { allowCredentials } = publicKey as { allowCredentials?: unknown }
    const { own, before, field } = simpleWebAuthnMediation(ceremony, mediation, allowCredentials)
    const bytes = bytesIn((publicKey as { extensions?: object | null }).extensions ?? {})
    return [
      '// npm install @simplewebauthn/browser',
      `import { ${bytes.length ? 'base64URLStringToBuffer, ' : ''}${start} } from '@simplewebauthn/browser'`,
      '',
      ...before,
      `const publicKey = ${typescriptValue(publicKey)}`,
      ...asBytes(bytes),
      ...field,
      `console.log(await ${start}({ optionsJSON: publicKey${own} }))`,
    ].join('\n')
  }
  const [method, parse] = registers
    ? ['create', 'parseCreationOptionsFromJSON']
    : ['get', 'parseRequestOptionsFromJSON']
  return [
    `const publicKey = PublicKeyCredential.${parse}(${typescriptValue(publicKey)})`,
    `const credential = await navigator.credentials.${method}({ publicKey${mediation === undefined ? '' : `, mediation: ${literal(mediation)}`} })`,
    'console.log(credential.toJSON())',
  ].join('\n')
}
