import { pythonArguments, verbs } from './call-snippets.ts'
import { askedForKey, bodyOf, type CeremonyFacts, ceremonyPaths, postByFetch } from './ceremony-snippets.ts'
import { keyedCurl, literal, memberOf, python, shellWord, typescriptValue } from './written.ts'

/**
 * The whole ceremony for a shell: it begins it, prints what a page is to run, takes what that answers as a line, and
 * finishes.
 */
export function wholeCeremonyByCurl(baseUrl: string, facts: CeremonyFacts): string {
  const { begin, finish } = ceremonyPaths[facts.ceremony]
  return [
    // As one command: where lines are pasted into a shell, what it reads is not the next of them.
    '{',
    '[ -n "$PLAYGROUND_API_KEY" ] || { printf "Test API key: "; stty -echo; IFS= read -r PLAYGROUND_API_KEY; stty echo; echo; }',
    `BEGUN=$(${keyedCurl(baseUrl + begin, shellWord(JSON.stringify(bodyOf(facts))))})`,
    '',
    'echo "// A browser makes the credential: in the console of a page of this RP ID."',
    `printf '%s\\n' "const { publicKey } = $BEGUN" ${shellWord(credentialInConsole(facts, 'publicKey'))}`,
    'echo "What it printed, as one line:"',
    // A terminal cuts lines at 4,096 characters, unless it gives them away as they are typed.
    'if [ -t 0 ]; then stty -icanon; fi; IFS= read -r CREDENTIAL; if [ -t 0 ]; then stty icanon; fi',
    '',
    `CEREMONY_ID=${memberOf('BEGUN', 'ceremonyId')}`,
    keyedCurl(baseUrl + finish, '"{\\"ceremonyId\\":\\"$CEREMONY_ID\\",\\"credential\\":$CREDENTIAL}"'),
    '}',
  ].join('\n')
}

/** The whole ceremony for Python, in the same way. */
export function wholeCeremonyByPython(baseUrl: string, facts: CeremonyFacts): string {
  const verb = verbs[facts.ceremony]
  return python(
    baseUrl,
    'import json',
    '',
    'from webauthn_playground import Client',
    '',
    `client = Client(base_url=${JSON.stringify(baseUrl)})  # its key is in PLAYGROUND_API_KEY`,
    `begun = client.passkeys.${verb}.begin(${pythonArguments(bodyOf(facts))})`,
    '',
    '# A browser makes the credential: in the console of a page of this RP ID.',
    'print("const publicKey =", json.dumps(begun.public_key))',
    `print(${JSON.stringify(credentialInConsole(facts, 'publicKey'))})`,
    'try:',
    '    import readline  # noqa: F401 (without it a terminal takes no line as long as that)',
    'except ImportError:',
    '    pass  # on Windows, where it does',
    'credential = json.loads(input("What it printed, as one line:\\n"))',
    '',
    `answer = client.passkeys.${verb}.finish(ceremony_id=begun.ceremony_id, credential=credential)`,
    `print(answer.${facts.ceremony === 'registration' ? 'passkey' : 'token'})`,
  )
}

/** The whole ceremony in a page, with the browser’s own calls alone. */
export function wholeCeremonyByFetch(baseUrl: string, facts: CeremonyFacts): string {
  const { begin, finish } = ceremonyPaths[facts.ceremony]
  return [
    ...askedForKey,
    '',
    ...postByFetch(baseUrl, 'path, body'),
    '',
    `const begun = await post('${begin}', ${typescriptValue(bodyOf(facts))})`,
    `const made = ${madeInPage(facts, 'begun.publicKey')}`,
    'const credential = made.toJSON()',
    ...(hasPrf(facts) ? ['// What a PRF evaluated is the page’s own.', prfLeftOut] : []),
    `console.log(await post('${finish}', { ceremonyId: begun.ceremonyId, credential }))`,
  ].join('\n')
}

const prfLeftOut = 'delete credential.clientExtensionResults.prf?.results'

function hasPrf({ options }: CeremonyFacts): boolean {
  return Object.hasOwn((options as { extensions?: object } | undefined)?.extensions ?? {}, 'prf')
}

/** What prints the credential’s JSON in a browser’s console. */
function credentialInConsole(facts: CeremonyFacts, publicKey: string): string {
  const made = `(${madeInPage(facts, publicKey)}).toJSON()`
  if (!hasPrf(facts)) return `console.log(JSON.stringify(${made}))`
  return `const credential = ${made}; ${prfLeftOut}; console.log(JSON.stringify(credential))`
}

function madeInPage({ ceremony, mediation, added }: CeremonyFacts, publicKey: string): string {
  const registers = ceremony === 'registration'
  const parse = registers ? 'parseCreationOptionsFromJSON' : 'parseRequestOptionsFromJSON'
  const all = added ? `{ ...${publicKey}, ...${typescriptValue(added)} }` : publicKey
  const beside = mediation === undefined ? '' : `, mediation: ${literal(String(mediation))}`
  return `await navigator.credentials.${registers ? 'create' : 'get'}({ publicKey: PublicKeyCredential.${parse}(${all})${beside} })`
}
