import type { Code } from '../ui/snippet.tsx'
import type { ClientFacts } from './client-facts.ts'
import {
  curlCall,
  curlIdentity,
  pythonApp,
  pythonIdentity,
  typescriptApp,
  typescriptClient,
  unlessBound,
} from './oauth-lines.ts'
import { command, python } from './written.ts'

/** A token that nobody signs in for, with these scopes. */
export function tokenForItself(client: ClientFacts, scope: string, baseUrl: string): Code {
  const ask = command(
    `curl -sS ${baseUrl}/oauth/token`,
    curlIdentity(client),
    '-d grant_type=client_credentials',
    `-d resource=${baseUrl}/v1`,
    ...(scope ? [`-d scope="${scope}"`] : []),
  )
  return unlessBound(client, {
    curl: [`ANSWER=$(${ask})`, 'echo "$ANSWER"', curlCall(baseUrl, 'ANSWER')].join('\n'),
    TypeScript: [
      typescriptApp(client, baseUrl, []),
      '',
      `const { accessToken } = await oauth.clientCredentials({ ...app${scope ? `, scope: '${scope}'` : ''} })`,
      `console.log(await ${typescriptClient(client)}.tenant())`,
    ].join('\n'),
    Python: python(
      baseUrl,
      ...pythonApp(client, baseUrl, []),
      '',
      `tokens = oauth.client_credentials(${pythonIdentity(client)}${scope ? `, scope="${scope}"` : ''})`,
      'print(Client(base_url=base_url, access_token=tokens.access_token).tenant())',
    ),
  })
}
