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
import { command, memberOf, python } from './written.ts'

/** People sign in on another device: the codes, and asking for the tokens until they have answered. */
export function signInByDevice(
  client: Pick<ClientFacts, 'clientId' | 'type' | 'dpopRequired'>,
  scope: string,
  baseUrl: string,
): Code {
  const begin = command(
    `curl -sS ${baseUrl}/oauth/device`,
    curlIdentity(client),
    `-d scope="${scope}"`,
    `-d resource=${baseUrl}/v1`,
  )
  const ask = command(
    `curl -sS ${baseUrl}/oauth/token`,
    `  ${curlIdentity(client)}`,
    '  -d grant_type=urn:ietf:params:oauth:grant-type:device_code',
    '  -d device_code="$DEVICE_CODE"',
    `  -d resource=${baseUrl}/v1`,
  )
  return unlessBound(client, {
    curl: [
      `CODES=$(${begin})`,
      `DEVICE_CODE=${memberOf('CODES', 'device_code')}`,
      `echo "Open this, sign in and allow it: ${memberOf('CODES', 'verification_uri_complete')}"`,
      'while sleep 5; do',
      `  ANSWER=$(${ask})`,
      '  case $ANSWER in "" | *authorization_pending* | *slow_down*) ;; *) break ;; esac',
      'done',
      'echo "$ANSWER"',
      curlCall(baseUrl, 'ANSWER'),
    ].join('\n'),
    TypeScript: [
      typescriptApp(client, baseUrl, []),
      '',
      `const codes = await oauth.deviceAuthorization({ ...app, scope: '${scope}' })`,
      "console.log('Open this, sign in and allow it:', codes.verificationUriComplete)",
      'const { accessToken } = await oauth.deviceTokens({ ...app, ...codes })',
      `console.log(await ${typescriptClient(client)}.tenant())`,
    ].join('\n'),
    Python: python(
      baseUrl,
      ...pythonApp(client, baseUrl, []),
      '',
      `codes = oauth.device_authorization(${pythonIdentity(client)}, scope="${scope}")`,
      'print("Open this, sign in and allow it:", codes.verification_uri_complete)',
      `tokens = oauth.device_tokens(${pythonIdentity(client)}, device_code=codes.device_code, interval=codes.interval)`,
      'print(Client(base_url=base_url, access_token=tokens.access_token).tenant())',
    ),
  })
}
