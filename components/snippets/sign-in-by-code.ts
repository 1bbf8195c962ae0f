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
import { command, literal, python, shellWord } from './written.ts'

/** People sign in with their browser: PKCE, the address, the code and what it is worth. */
export function signInByCode(client: ClientFacts, scope: string, baseUrl: string): Code {
  const redirectUri = wayBack(client)
  const lasting = scope.split(' ').includes('offline_access')
  const flow = { client, scope, baseUrl, redirectUri, lasting }
  return unlessBound(client, {
    curl: byCurl(flow),
    TypeScript: client.type === 'public' && /^https?:/.test(redirectUri) ? onPage(flow) : inTerminal(flow),
    Python: byPython(flow),
  })
}

interface Flow {
  client: ClientFacts
  scope: string
  baseUrl: string
  redirectUri: string
  lasting: boolean
}

/** A page of the app’s, rather than a native app. */
function wayBack({ redirectUris: [first = '', ...others] }: ClientFacts): string {
  return [first, ...others].find((uri) => /^https?:/.test(uri)) ?? first
}

function byCurl({ client, scope, baseUrl, redirectUri, lasting }: Flow): string {
  const { clientId } = client
  const url = new URL('/oauth/authorize', baseUrl)
  url.search = String(
    new URLSearchParams({
      client_id: clientId,
      redirect_uri: redirectUri,
      response_type: 'code',
      scope,
      resource: `${baseUrl}/v1`,
      ...(lasting ? { prompt: 'consent' } : {}),
      code_challenge_method: 'S256',
    }),
  )
  const base64url = `tr '+/' '-_' | tr -d '=\\n'`
  const exchange = command(
    `curl -sS ${baseUrl}/oauth/token`,
    `  ${curlIdentity(client)}`,
    '  -d grant_type=authorization_code',
    `  --data-urlencode redirect_uri=${shellWord(redirectUri)}`,
    `  -d resource=${baseUrl}/v1`,
    '  -d code_verifier="$VERIFIER"',
    `  -d code="\${CODE%%&*}"`,
  )
  return [
    `VERIFIER=$(openssl rand -base64 48 | ${base64url})`,
    `CHALLENGE=$(printf %s "$VERIFIER" | openssl dgst -sha256 -binary | openssl base64 | ${base64url})`,
    `echo "Open this, sign in and allow it:"`,
    `echo "${url.href}&code_challenge=$CHALLENGE"`,
    `printf 'Paste the address that you came back to: ' && read -r BACK && CODE=\${BACK#*code=} &&`,
    `  ANSWER=$(${exchange}) &&`,
    '  echo "$ANSWER" &&',
    `  ${curlCall(baseUrl, 'ANSWER')}`,
  ].join('\n')
}

function onPage({ client, scope, baseUrl, redirectUri, lasting }: Flow): string {
  return [
    typescriptApp(client, baseUrl, [`redirectUri: ${literal(redirectUri)}`]),
    '',
    '// On the page of the redirect URI: people are sent to sign in, and come back with a code, or with a no.',
    'const back = new URLSearchParams(location.search)',
    "history.replaceState(null, '', location.pathname) // loaded again, it begins anew",
    "const [code = '', state = '', iss = ''] = ['code', 'state', 'iss'].map((name) => back.get(name) ?? '')",
    "if (back.has('error')) {",
    "  document.body.append('Not signed in: ', back.get('error_description') ?? back.get('error') ?? '')",
    '} else if (code) {',
    '  const { accessToken } = await oauth.exchangeCode({ ...app, code, state, iss })',
    `  const { tenant } = await ${typescriptClient(client)}.tenant()`,
    "  document.body.append('Signed in at ', tenant.name)",
    '} else {',
    `  const { url } = await oauth.authorizationUrl({ ...app, scope: ${literal(scope)}${prompt(lasting)} })`,
    '  location.assign(url)',
    '}',
  ].join('\n')
}

function inTerminal({ client, scope, baseUrl, redirectUri, lasting }: Flow): string {
  const imports = ["import { createInterface } from 'node:readline/promises'"]
  return [
    typescriptApp(client, baseUrl, [`redirectUri: ${literal(redirectUri)}`], imports),
    '',
    '// People are sent to url. A server keeps state and codeVerifier in their session.',
    `const request = { ...app, scope: ${literal(scope)}${prompt(lasting)} }`,
    'const { url, state, codeVerifier } = await oauth.authorizationUrl(request)',
    "console.log('Open this, sign in and allow it:', url)",
    '',
    '// They are back at the redirect URI, with a code and the same state.',
    'const terminal = createInterface(process.stdin, process.stdout)',
    "const back = new URL(await terminal.question('Paste the address that you came back to: '))",
    'terminal.close()',
    'const answer = await oauth.readCallback(back.search, { ...app, state })',
    'const { accessToken } = await oauth.exchangeCode({ ...app, ...answer, codeVerifier })',
    `console.log(await ${typescriptClient(client)}.tenant())`,
  ].join('\n')
}

function byPython({ client, scope, baseUrl, redirectUri, lasting }: Flow): string {
  return python(
    baseUrl,
    ...pythonApp(client, baseUrl, [`"redirect_uri": ${JSON.stringify(redirectUri)}`]),
    '',
    '# People are sent to url. A server keeps state and code_verifier in their session.',
    `begun = oauth.authorization_url(**app, scope="${scope}"${lasting ? ', prompt="consent"' : ''})`,
    'print("Open this, sign in and allow it:", begun.url)',
    '',
    '# They are back at the redirect URI, with a code and the same state.',
    'back = input("Paste the address that you came back to: ")',
    'answer = oauth.read_callback(back, state=begun.state)',
    `tokens = oauth.exchange_code(${pythonIdentity(client)}, code=answer.code, code_verifier=begun.code_verifier)`,
    'print(Client(base_url=base_url, access_token=tokens.access_token).tenant())',
  )
}

function prompt(lasting: boolean): string {
  return lasting ? ", prompt: 'consent'" : ''
}
