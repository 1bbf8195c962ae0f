import type { AttackedApp, OAuthStep } from './attacked-app.ts'
import type { OAuthFault, OAuthResult } from './oauth-fault.ts'
import { OAuthTrial } from './oauth-trial.ts'

/** Tries one fault on a flow of its own. Never throws: what cannot be tried is `untried`. */
export async function tryOAuthFault(fault: OAuthFault, app: AttackedApp): Promise<OAuthResult> {
  const trial = new OAuthTrial(app)
  const common = { id: fault.id, ...fault.change(app) }
  try {
    await fault.attempt(trial)
    return { ...common, ...judged(trial.steps), steps: trial.steps }
  } catch (error) {
    const so = judged(trial.steps)
    // What was let in may have used up what the rest of it needs.
    if (so.verdict === 'hole') return { ...common, ...so, steps: trial.steps }
    const reason = error instanceof Error ? error.message : String(error)
    const needsPerson = wantsPerson(error)
    return {
      ...common,
      verdict: 'untried',
      by: [],
      reason,
      steps: trial.steps,
      ...(needsPerson ? { needsPerson } : {}),
    }
  } finally {
    await trial.end()
  }
}

/**
 * The whole flow with nothing changed: whoever refuses that would refuse everything.
 *
 * @param signIn goes through the server's pages with the person, once; later codes come by what the server remembers
 * @throws OAuthError as the server answers; Error in words, where the code is not good for tokens
 */
export async function untouchedFlow(
  app: AttackedApp,
  signIn?: (url: string, state: string) => Promise<string>,
): Promise<void> {
  const trial = new OAuthTrial(app)
  try {
    const { request } = await trial.newCode(signIn)
    await trial.honest('The untouched flow', request)
  } finally {
    await trial.end()
  }
}

/** What the steps of an attempt come to: one attack that was let in is a hole, whatever the others were. */
export function judged(steps: readonly OAuthStep[]): Pick<OAuthResult, 'verdict' | 'by' | 'status' | 'code' | 'took'> {
  const attacks = steps.filter(({ part }) => part === 'attack')
  const hole = attacks.find(({ accepted }) => accepted)
  const amiss = attacks.find(({ code, must }) => code !== must)
  const { status, code, took } = hole ?? amiss ?? attacks[0] ?? {}
  const answer = {
    ...(status === undefined ? {} : { status }),
    ...(code === undefined ? {} : { code }),
    ...(took === undefined ? {} : { took }),
  }
  if (hole) return { verdict: 'hole', by: [], ...answer }
  if (attacks.length === 0) return { verdict: 'untried', by: [] }
  const by = [...new Set(attacks.map(({ code = 'no code' }) => code))]
  return { verdict: amiss ? 'elsewhere' : 'caught', by, ...answer }
}

/** Whether the server wants to see the person first. */
export function wantsPerson(error: unknown): boolean {
  const { error: code } = (error ?? {}) as { error?: unknown }
  return ['login_required', 'consent_required', 'interaction_required'].includes(String(code))
}
