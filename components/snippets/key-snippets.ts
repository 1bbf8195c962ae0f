import type { Code } from '../ui/snippet.tsx'
import { keyedCall, python, typescript } from './written.ts'

/** The first call with a key that stands in PLAYGROUND_API_KEY: whose it is, and what it may do. */
export function firstCall(baseUrl: string): Code {
  return {
    curl: keyedCall(`${baseUrl}/v1/tenant`),
    TypeScript: typescript(
      baseUrl,
      "import { Client } from '@webauthn-playground/sdk'",
      '',
      `const client = new Client({ baseUrl: '${baseUrl}' }) // its key is in PLAYGROUND_API_KEY`,
      'console.log(await client.tenant())',
    ),
    Python: python(
      baseUrl,
      'from webauthn_playground import Client',
      '',
      `client = Client(base_url="${baseUrl}")  # its key is in PLAYGROUND_API_KEY`,
      'print(client.tenant())',
    ),
  }
}
