import { isAppOrigin, whyNoOrigin } from '#lib/webauthn/origin.ts'
import type { BenchServer } from './trial.ts'

/** What a person writes of their own server. */
export interface OwnFields {
  origin: string
  registerBegin: string
  registerBeginBody: string
  registerFinish: string
  registerFinishBody: string
  authenticateBegin: string
  authenticateBeginBody: string
  authenticateFinish: string
  authenticateFinishBody: string
  optionsAt: string
  ceremonyAt: string
  acceptedAt: string
  headerName: string
  headerValue: string
  cookies: boolean
}

/** What is written, without what may be secret. */
export type Kept = Omit<OwnFields, 'headerValue'>

export type OwnMistakes = Partial<Record<keyof OwnFields, string>>

export const urlFields = ['registerBegin', 'registerFinish', 'authenticateBegin', 'authenticateFinish'] as const
export const bodyFields = [
  'registerBeginBody',
  'registerFinishBody',
  'authenticateBeginBody',
  'authenticateFinishBody',
] as const
export const pathFields = ['optionsAt', 'ceremonyAt', 'acceptedAt'] as const

/** The most characters that each takes. */
export const limits = { url: 2_000, body: 4_000, path: 200, headerName: 100, headerValue: 4_000, origin: 256 } as const

const nothing = { headerName: '', headerValue: '', cookies: false }

/** The API that this server has, at any address. */
export function apiPreset(baseUrl: string): OwnFields {
  const calls = { begin: '{"username":"$username","options":"$options"}' }
  const finish = '{"ceremonyId":"$ceremony","credential":"$credential"}'
  const at = (what: string) => `${baseUrl}/v1/passkeys/${what}`
  return {
    ...nothing,
    origin: baseUrl,
    registerBegin: at('register/begin'),
    registerBeginBody: calls.begin,
    registerFinish: at('register/finish'),
    registerFinishBody: finish,
    authenticateBegin: at('authenticate/begin'),
    authenticateBeginBody: calls.begin,
    authenticateFinish: at('authenticate/finish'),
    authenticateFinishBody: finish,
    optionsAt: 'publicKey',
    ceremonyAt: 'ceremonyId',
    acceptedAt: '',
    headerName: 'Authorization',
  }
}

/**
 * The example server of SimpleWebAuthn, whose session is a cookie.
 *
 * @see https://simplewebauthn.dev/docs/advanced/example-project
 */
export function simpleWebAuthnPreset(baseUrl: string): OwnFields {
  return {
    ...nothing,
    origin: baseUrl,
    registerBegin: `${baseUrl}/generate-registration-options`,
    registerBeginBody: '',
    registerFinish: `${baseUrl}/verify-registration`,
    registerFinishBody: '"$credential"',
    authenticateBegin: `${baseUrl}/generate-authentication-options`,
    authenticateBeginBody: '',
    authenticateFinish: `${baseUrl}/verify-authentication`,
    authenticateFinishBody: '"$credential"',
    optionsAt: '',
    ceremonyAt: '',
    acceptedAt: 'verified',
    cookies: true,
  }
}

/** The server that was described, or what is wrong with the description, by field. */
export function readOwnServer(fields: OwnFields): { server: BenchServer } | { mistakes: OwnMistakes } {
  const mistakes: OwnMistakes = {}
  const origin = fields.origin.trim()
  if (origin.length > limits.origin) mistakes.origin = `It is longer than ${limits.origin} characters.`
  else if (isAppOrigin(origin) || whyNoOrigin(origin))
    mistakes.origin = 'It is no origin of a page: scheme, host and port, such as https://app.example.'
  for (const field of urlFields) set(mistakes, field, urlMistake(fields[field].trim()))
  for (const field of bodyFields) set(mistakes, field, bodyMistake(fields[field], field))
  for (const field of pathFields) set(mistakes, field, pathMistake(fields[field].trim()))
  const { headerName, headerValue } = headerMistakes(fields)
  set(mistakes, 'headerName', headerName)
  set(mistakes, 'headerValue', headerValue)
  if (Object.keys(mistakes).length) return { mistakes }

  const call = (url: string, body: string) => ({
    url: url.trim(),
    ...(body.trim() ? { body: JSON.parse(body) as unknown } : {}),
  })
  const name = fields.headerName.trim()
  return {
    server: {
      name: new URL(fields.authenticateFinish.trim()).origin,
      origin,
      cookies: fields.cookies,
      mapping: {
        registration: {
          begin: call(fields.registerBegin, fields.registerBeginBody),
          finish: call(fields.registerFinish, fields.registerFinishBody),
        },
        authentication: {
          begin: call(fields.authenticateBegin, fields.authenticateBeginBody),
          finish: call(fields.authenticateFinish, fields.authenticateFinishBody),
        },
        ...(name && fields.headerValue ? { headers: { [name]: fields.headerValue.trim() } } : {}),
        optionsAt: fields.optionsAt.trim(),
        ceremonyAt: fields.ceremonyAt.trim(),
        acceptedAt: fields.acceptedAt.trim(),
      },
    },
  }
}

function set(mistakes: OwnMistakes, field: keyof OwnFields, mistake: string | undefined): void {
  if (mistake) mistakes[field] = mistake
}

function urlMistake(text: string): string | undefined {
  if (!text) return 'It is missing.'
  if (text.length > limits.url) return `It is longer than ${limits.url.toLocaleString('en')} characters.`
  if (!URL.canParse(text)) return 'It is no URL: write it whole, such as https://app.example/register/begin.'
  const { protocol, username, password } = new URL(text)
  if (protocol !== 'http:' && protocol !== 'https:') return 'Only http: and https: are called.'
  if (username || password) return 'Browsers call no URL with a name or a password in it.'
}

function bodyMistake(text: string, field: (typeof bodyFields)[number]): string | undefined {
  const carries = field.includes('Finish')
  if (!text.trim()) return carries ? 'It needs a body with "$credential" in it.' : undefined
  if (text.length > limits.body) return `It is longer than ${limits.body.toLocaleString('en')} characters.`
  try {
    JSON.parse(text)
  } catch {
    return 'It is not JSON. Values such as "$username" stand in quotation marks.'
  }
  if (carries && !text.includes('"$credential"')) return 'Nothing in it is "$credential": the answer would not be sent.'
}

function pathMistake(text: string): string | undefined {
  if (text.length > limits.path) return `It is longer than ${limits.path} characters.`
  if (text && !/^[^.\s]+(?:\.[^.\s]+)*$/.test(text))
    return 'It is no path: names with a point between them, such as data.publicKey.'
}

/** Those that browsers let no page set. @see https://fetch.spec.whatwg.org/#forbidden-request-header */
const forbidden =
  /^(?:accept-charset|accept-encoding|access-control-request-.*|connection|content-length|cookie2?|date|dnt|expect|host|keep-alive|origin|referer|set-cookie|te|trailer|transfer-encoding|upgrade|via|proxy-.*|sec-.*)$/i

function headerMistakes({ headerName, headerValue }: OwnFields): Pick<OwnMistakes, 'headerName' | 'headerValue'> {
  const name = headerName.trim()
  if (!name) return headerValue ? { headerName: 'A value needs a name.' } : {}
  if (name.length > limits.headerName) return { headerName: `It is longer than ${limits.headerName} characters.` }
  if (!/^[!#$%&'*+\-.^_`|~\w]+$/.test(name)) return { headerName: 'It is no name of a header.' }
  if (forbidden.test(name)) return { headerName: 'Browsers let no page set it.' }
  if (headerValue.length > limits.headerValue)
    return { headerValue: `It is longer than ${limits.headerValue.toLocaleString('en')} characters.` }
  if (!/^[\t\x20-\x7e]*$/.test(headerValue)) return { headerValue: 'It has characters that no header carries.' }
  return {}
}

/** What the tab has kept of it: a description that an older page wrote, or somebody else, is none. */
export function readKept(text: string | null): OwnFields | undefined {
  try {
    const kept: unknown = JSON.parse(text ?? '')
    const shape = apiPreset('')
    const members = Object.entries(shape).map(([name, value]) => {
      const found = name === 'headerValue' ? '' : (kept as Record<string, unknown>)[name]
      if (typeof found !== typeof value) throw new Error(name)
      return [name, typeof found === 'string' ? found.slice(0, limits.body) : found]
    })
    return Object.fromEntries(members) as OwnFields
  } catch {
    return undefined
  }
}

/** What the tab may keep: all but the header's value. */
export function keptOf({ headerValue: _, ...kept }: OwnFields): string {
  return JSON.stringify(kept satisfies Kept)
}
