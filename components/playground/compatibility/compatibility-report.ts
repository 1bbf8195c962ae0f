import { providerOf } from '#lib/webauthn/aaguid.ts'
import type { CompatibilitySession } from './session.ts'
import { type Act, compatibilitySteps } from './steps.ts'
import { verdictWords } from './verdict.ts'

interface Circumstances {
  userAgent: string
  at: Date
}

type Reported = Pick<CompatibilitySession, 'made' | 'verdicts'>

/** What a test found, as Markdown to paste into an issue: no key, no token, no username, no secret. */
export function reportMarkdown(session: Reported, { userAgent, at }: Circumstances): string {
  const { authenticators, steps } = reportOf(session)
  const rows = steps.map(({ title, asked, outcome, why }, index) => {
    const cells = [String(index + 1), title, asked.map((each) => `\`${each}\``).join('<br>'), verdict(outcome), why]
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  })
  return [
    '# Passkey compatibility',
    `- Browser: ${userAgent}`,
    ...authenticators.map(
      ({ aaguid, provider }) => `- Authenticator: ${provider ?? 'not in the catalogue'} (${aaguid})`,
    ),
    `- At: ${at.toISOString()}`,
    '',
    '| | Step | Asked | Verdict | Why |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n')
}

/** The same as JSON. */
export function reportJson(session: Reported, { userAgent, at }: Circumstances): string {
  return JSON.stringify({ browser: userAgent, at: at.toISOString(), ...reportOf(session) }, null, 2)
}

function reportOf({ made, verdicts }: Reported) {
  const aaguids = [...new Set(made.flatMap(({ answer }) => answer?.aaguid ?? []))]
  return {
    authenticators: aaguids.map((aaguid) => ({ aaguid, provider: providerOf(aaguid) })),
    steps: compatibilitySteps.map(({ id, title, acts }) => ({
      ...{ id, title, asked: acts.map(askedOf) },
      ...(verdicts[id] ?? { outcome: 'not-run' as const, why: '' }),
    })),
  }
}

function askedOf(act: Act): string {
  if (act.do === 'register') {
    const options = { ...act.options, ...act.added, ...(act.exclude ? { excludeCredentials: 'one' } : {}) }
    return `create ${JSON.stringify(options)}`
  }
  if (act.do === 'authenticate')
    return `get ${JSON.stringify({ ...act.options, ...(act.usernameless ? { allowCredentials: [] } : {}) })}`
  return act.do === 'signal' ? 'signal' : 'create, by JSON'
}

function verdict(outcome: keyof typeof verdictWords | 'not-run'): string {
  return outcome === 'not-run' ? 'Not run' : verdictWords[outcome]
}
