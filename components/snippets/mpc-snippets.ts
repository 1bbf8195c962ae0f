import type { Code } from '../ui/snippet.tsx'
import { command, typescript } from './written.ts'

/** A key that nobody holds whole, made and signed with, for the user of a token. */
export function ownMpcKey(baseUrl: string, token: string): Code {
  return {
    curl: [
      `TOKEN=${token}`,
      command(
        `curl ${baseUrl}/v1/mpc/mpc.v1.KeyService/List`,
        '-H "Authorization: Bearer $TOKEN"',
        '-H "Content-Type: application/json"',
        `-d '{}'`,
      ),
    ].join('\n'),
    TypeScript: typescript(
      baseUrl,
      "import { Client } from '@webauthn-playground/sdk'",
      "import { memoryShares } from '@webauthn-playground/sdk/mpc'",
      '',
      `const token = '${token}'`,
      `const client = new Client({ baseUrl: '${baseUrl}' })`,
      '// In a browser prfShares() seals the share with the passkey; this one ends with the program.',
      'const mpc = client.mpc({ token, shares: memoryShares() })',
      "const key = await mpc.keys.generate({ label: 'Trial', policy: { approval: 'never' } })",
      "const { signature } = await mpc.sign(key.id, 'Pay 12.50 USDC to Globex')",
      "console.log(key.address, Buffer.from(signature).toString('hex'))",
    ),
    Python: {
      lacking:
        'The device’s share of a key is made where the user is: in a browser or in Node, by the TypeScript package. Python verifies what was signed, as below.',
    },
  }
}
