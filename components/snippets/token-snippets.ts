import type { Code } from '../ui/snippet.tsx'
import { keyedCall, python, typescript } from './written.ts'

interface Issued {
  token: string
  issuer: string
  audience: string
}

/** What a user's token is for: it is verified where that can be done, and opens what is the user's own. */
export function ownPasskeys({ token, issuer, audience }: Issued): Code {
  return {
    curl: [`TOKEN=${token}`, keyedCall(`${issuer}/v1/passkeys`, '-H "X-User-Token: $TOKEN"')].join('\n'),
    TypeScript: typescript(
      issuer,
      "import { Client } from '@webauthn-playground/sdk'",
      "import { verifyToken } from '@webauthn-playground/sdk/tokens'",
      '',
      `const baseUrl = '${issuer}'`,
      `const token = '${token}'`,
      `console.log(await verifyToken(token, { issuer: baseUrl, audience: '${audience}' }))`,
      '',
      'const client = new Client({ baseUrl }) // its key is in PLAYGROUND_API_KEY',
      'console.log(await client.passkeys.list({}, { userToken: token }))',
    ),
    Python: python(
      issuer,
      'from webauthn_playground import Client',
      '',
      `token = "${token}"`,
      `client = Client(base_url="${issuer}")  # its key is in PLAYGROUND_API_KEY`,
      'for passkey in client.passkeys.list(user_token=token):',
      '    print(passkey)',
    ),
  }
}
