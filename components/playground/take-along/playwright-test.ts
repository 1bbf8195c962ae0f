import { algorithmLabel } from '#lib/webauthn/algorithms.ts'
import type { CeremonyKind } from '#lib/webauthn/options.ts'
import { literal, typescriptValue } from '../../snippets/written.ts'
import type { Choices, OptionValues } from '../options/option-values.ts'
import { nameOf } from '../runs/run-file.ts'
import type { RunRecord } from '../state.ts'
import { addressOf, lackingInAddress } from '../url-state.ts'
import { asObject, messageOf, seenAuthenticator } from './run-facts.ts'
import { virtualAlgorithms, virtualAuthenticator } from './virtual-authenticator.ts'

/**
 * A ceremony as a Playwright test of the Playground’s page: with a virtual authenticator that is like the one of the
 * ceremony, the same options, and what came of it. It needs Chromium, and its own username each time. Where the ceremony
 * failed in a way that no virtual authenticator shows again, why there is none.
 */
export function playwrightTest(record: RunRecord, baseUrl: string): string | { lacking: string } {
  const { run, of, choices } = record
  const { kind, failure } = run
  if (failure && !shownAgain.some((code) => code === failure.code))
    return { lacking: `No test shows ${failure.code} again: it came from a person, an authenticator or the moment.` }
  const nameless = kind === 'authentication' && !asObject(messageOf(run, 'begin')?.body).username
  const seen = seenAuthenticator(run)
  const { set, left } = optionsOf(kind, choices, nameless, seen.flags?.verified === false)
  const algorithms = set.registration.pubKeyCredParams
  if (!failure && Array.isArray(algorithms) && !algorithms.some((each) => virtualAlgorithms.includes(each)))
    return {
      lacking: `No test: Chromium’s virtual authenticator makes no passkeys by ${algorithms.map(algorithmLabel).join(', ')}, and the run asked for no other algorithm.`,
    }
  const discoverable =
    set.registration['authenticatorSelection.residentKey'] === 'required' ||
    set.registration['authenticatorSelection.requireResidentKey'] === true
  const authenticator = virtualAuthenticator(seen, {
    format: kind === 'registration' ? run.registered?.passkey.attestation?.format : undefined,
    discoverable,
    blob: asObject(set.registration['extensions.largeBlob']).support === 'required',
    extensions: Object.keys(set.registration).map((path) => path.replace(/^extensions\./, '')),
  })
  const address = addressOf({ tab: 'token', choices: set, username: '' }, `${baseUrl}/playground`)
  const lacking = lackingInAddress({ choices: set })
  const who = nameOf(of.username ?? 'ada', 40)
  const press = (name: string) => `await page.getByRole('button', { name: ${literal(name)}, exact: true }).click()`
  const state = "page.getByTestId('status')"
  const registers = [press('Register'), `await expect(${state}).toContainText('has a passkey')`]
  const ceremony =
    kind === 'registration'
      ? [...(failure?.code === 'user_exists' ? registers : []), press('Register')]
      : [
          ...(failure?.code === 'user_unknown' ? [] : registers),
          press(nameless ? 'Sign in with a passkey' : 'Authenticate'),
        ]
  return [
    '// npm install --save-dev @playwright/test && npx playwright install chromium',
    '// PLAYGROUND_API_KEY=… npx playwright test',
    "import { expect, test } from '@playwright/test'",
    '',
    `const baseUrl = process.env.PLAYGROUND_BASE_URL ?? ${literal(baseUrl)}`,
    "const apiKey = process.env.PLAYGROUND_API_KEY ?? ''",
    '',
    ...[...left, ...(lacking ? [lacking] : [])].map((why) => `// Not as in the run: ${why}`),
    `test(${literal(titleOf(record))}, async ({ page }) => {`,
    ...[
      '// Like the authenticator of the run.',
      'const session = await page.context().newCDPSession(page)',
      "await session.send('WebAuthn.enable')",
      "await session.send('WebAuthn.addVirtualAuthenticator', {",
      `  options: ${typescriptValue(authenticator)},`,
      '})',
      '',
      '// With the options of the run.',
      `await page.goto(baseUrl + ${literal(address.slice(new URL(address).origin.length))})`,
      "await page.getByRole('textbox', { name: 'API key' }).fill(apiKey)",
      `const username = \`${who}-\${Date.now().toString(36)}\``,
      "await page.getByRole('textbox', { name: 'Username' }).fill(username)",
      ...ceremony,
      ...outcome(record),
    ].map((text) => (text ? `  ${text}` : text)),
    '})',
    '',
  ].join('\n')
}

/** Failures that come again on a fresh page: the server’s of a user, and the browser’s of an RP ID. */
const shownAgain = ['user_exists', 'user_unknown', 'SecurityError']

function titleOf({ run, of }: RunRecord): string {
  const who = of.username ?? 'a user'
  const does = run.kind === 'registration' ? 'registers' : 'signs in'
  return run.failure ? `${who} is refused with ${run.failure.code}` : `${who} ${does}`
}

function outcome({ run }: RunRecord): string[] {
  const state = "page.getByTestId('status')"
  const { failure, registered, authenticated } = run
  if (failure)
    return [
      `await expect(${state}).toHaveAttribute('data-state', 'error')`,
      ...(failure.problem
        ? [result, `expect(answer.code).toBe(${literal(failure.code)})`]
        : [`await expect(${state}).toContainText(${literal(failure.what)})`]),
    ]
  const { deviceType, backedUp } = (registered ?? authenticated)?.passkey ?? {}
  return [
    `await expect(${state}).toContainText(${literal(registered ? 'has a passkey' : 'is signed in')})`,
    result,
    'expect(answer.user.username).toBe(username)',
    `expect(answer.passkey).toMatchObject(${typescriptValue({ deviceType, backedUp })})`,
    "expect(answer.checks.filter(({ outcome }: { outcome: string }) => outcome === 'fail')).toEqual([])",
    ...(authenticated ? ["expect(answer.token.split('.')).toHaveLength(3)"] : []),
  ]
}

const result = "const answer = JSON.parse((await page.getByTestId('last-result').textContent()) ?? 'null')"

/** The options of a ceremony on a page where nobody has a passkey yet, and what of them is left out. */
function optionsOf(kind: CeremonyKind, choices: Choices, nameless: boolean, unverified: boolean) {
  const left: string[] = []
  const without = (values: OptionValues, unfit: Readonly<Record<string, string>>): OptionValues => {
    const names = Object.keys(values).filter((path) => Object.hasOwn(unfit, path))
    left.push(...names.map((path) => `${path} is left out, ${unfit[path]}.`))
    return Object.fromEntries(Object.entries(values).filter(([path]) => !names.includes(path)))
  }
  const dialogue = 'since a press asks with a dialogue'
  if (kind === 'registration') {
    const registration = without(choices.registration, {
      'user.id': 'since each user has a handle of their own',
      mediation: 'since a virtual authenticator makes no passkey without a dialogue',
    })
    return { set: { registration, authentication: {} }, left }
  }
  const ids = choices.authentication.allowCredentials
  const authentication = without(choices.authentication, {
    mediation: dialogue,
    ...(typeof ids === 'string' ? {} : { allowCredentials: 'since the passkey is a new one' }),
    ...(Object.hasOwn(asObject(choices.authentication['extensions.prf']), 'evalByCredential')
      ? { 'extensions.prf': 'since the passkey is a new one' }
      : {}),
  })
  // The passkey is made for the sign-in alone: so that this authenticator makes it, and it can do what is asked.
  const registration: OptionValues = {
    ...(nameless || ids === 'none' || !unverified ? { 'authenticatorSelection.residentKey': 'required' } : {}),
    ...('extensions.prf' in authentication ? { 'extensions.prf': {} } : {}),
    ...('extensions.largeBlob' in authentication ? { 'extensions.largeBlob': { support: 'required' } } : {}),
  }
  return { set: { registration, authentication }, left }
}
