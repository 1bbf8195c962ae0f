import { compactVerify, decodeProtectedHeader } from 'jose'
import { z } from 'zod'
import { clock } from '../../clock.ts'
import { env } from '../../env.ts'
import { isCanonical } from '../../tokens/canonical.ts'
import { publicKey } from '../../tokens/signing-keys.ts'
import { builtIn } from './built-in.ts'

const members = z.record(z.string(), z.unknown()).nullable()

/** @see https://www.rfc-editor.org/rfc/rfc7519#section-3.1 */
const exampleToken =
  'eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'

/** Takes a JWT apart, and verifies its signature where this server issued it. */
export const jwtInspect = builtIn({
  id: 'jwt.inspect',
  name: 'Inspect a JWT',
  description:
    'Header, payload and times of a JWT in words. Where this server issued it, the signature is verified with the published keys; whether its user may still do anything is not asked.',
  version: '1.0.0',
  priceAmount: 0,
  input: z
    .strictObject({ token: z.string().min(1).max(16_384).describe('The compact form: three parts with dots.') })
    .meta({ examples: [{ token: exampleToken }] }),
  output: z.strictObject({
    header: members,
    payload: members,
    times: z.array(z.strictObject({ claim: z.string(), at: z.string(), words: z.string() })),
    expired: z.boolean().nullable().describe('Null where it does not say when it ends.'),
    signature: z.strictObject({ verdict: z.enum(['verified', 'invalid', 'not_checked']), words: z.string() }),
    problems: z.array(z.string()).describe('What is wrong with its form.'),
  }),
  async run({ token }) {
    const compact = token.trim().replace(/^Bearer\s+/i, '')
    const problems: string[] = []
    const header = headerOf(compact, problems)
    const payload = payloadOf(compact, problems)
    const exp = payload?.exp
    return JSON.stringify({
      header,
      payload,
      times: timesOf(payload ?? {}),
      expired: typeof exp === 'number' ? exp * 1000 <= clock.now() : null,
      signature: await verdictOf(compact, header, payload),
      problems,
    })
  },
})

type Members = Record<string, unknown> | null

function headerOf(token: string, problems: string[]): Members {
  const parts = token.split('.').length
  if (parts !== 3) problems.push(`It has ${parts} part${parts === 1 ? '' : 's'}; a signed JWT has three.`)
  else if (!isCanonical(token)) problems.push('A part is not base64url in the one way that its bytes are written.')
  try {
    return { ...decodeProtectedHeader(token) }
  } catch {
    problems.push('The first part is no JSON object in base64url.')
    return null
  }
}

function payloadOf(token: string, problems: string[]): Members {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(token.split('.')[1] ?? '', 'base64url'))
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  } catch {
    // Said below.
  }
  problems.push('The second part is no JSON object in base64url.')
  return null
}

function timesOf(payload: Record<string, unknown>) {
  return ['auth_time', 'iat', 'nbf', 'exp'].flatMap((claim) => {
    const seconds = payload[claim]
    const at = typeof seconds === 'number' ? new Date(seconds * 1000) : new Date(Number.NaN)
    if (Number.isNaN(at.getTime())) return []
    return [{ claim, at: at.toISOString(), words: relative(at.getTime() - clock.now()) }]
  })
}

/** “5 minutes ago”, “in 55 minutes”. */
function relative(milliseconds: number): string {
  const format = new Intl.RelativeTimeFormat('en', { numeric: 'always' })
  const units = [
    ['day', 86_400_000],
    ['hour', 3_600_000],
    ['minute', 60_000],
  ] as const
  const [unit, size] = units.find(([, size]) => Math.abs(milliseconds) >= size) ?? (['second', 1_000] as const)
  return format.format(Math.trunc(milliseconds / size), unit)
}

async function verdictOf(token: string, header: Members, payload: Members) {
  if (!header || !payload || payload.iss !== env().baseUrl) {
    return { verdict: 'not_checked' as const, words: 'This server did not issue it, and has no keys of others.' }
  }
  const key = typeof header.kid === 'string' && header.kid.length <= 128 ? await publicKey(header.kid) : undefined
  if (!key) return { verdict: 'invalid' as const, words: 'It names a key that this server does not publish.' }
  try {
    await compactVerify(token, key, { algorithms: ['ES256'] })
    return { verdict: 'verified' as const, words: 'This server signed it, and nothing was changed since.' }
  } catch {
    return { verdict: 'invalid' as const, words: 'The signature is not of these bytes and this server’s key.' }
  }
}
