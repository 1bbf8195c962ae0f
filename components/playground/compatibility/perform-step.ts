import type { Client } from '#lib/sdk/client.ts'
import { explained } from '../failure/explained.ts'
import { authenticate, register } from '../perform-ceremony.ts'
import type { Run } from '../run.ts'
import { type Evidence, evidenceOf } from './evidence.ts'
import { lackingJson, registerNatively } from './native-ceremony.ts'
import { type CompatibilitySession, passkeyOf, type TestPasskey } from './session.ts'
import { signalAll } from './signal-act.ts'
import type { Act, CompatibilityStep } from './steps.ts'

interface Performing {
  client: Promise<Client>
  signal: AbortSignal
}

/** Does what a step does, judges it, and gives the test as it is after it. Never throws: what fails is a verdict. */
export async function performStep(
  step: CompatibilityStep,
  session: CompatibilitySession,
  performing: Performing,
): Promise<CompatibilitySession> {
  const judged = (after: CompatibilitySession, verdict: CompatibilitySession['verdicts'][string]) => ({
    ...after,
    verdicts: { ...after.verdicts, [step.id]: verdict },
  })
  if (step.needs && !passkeyOf(session, step.needs)) {
    return judged(session, { outcome: 'skipped', why: 'It needs the passkey of an earlier step, and there is none.' })
  }
  let after = session
  const evidence: Evidence[] = []
  for (const act of step.acts) {
    const done = await perform(act, after, performing)
    evidence.push(done.evidence)
    after = done.session
    if (!done.evidence.done) break
  }
  return judged(after, step.judge(evidence, after.made))
}

interface Done {
  evidence: Evidence
  session: CompatibilitySession
}

async function perform(act: Act, session: CompatibilitySession, performing: Performing): Promise<Done> {
  const passkey = passkeyOf(session, act.as)
  switch (act.do) {
    case 'register':
      return registering(act, session, performing)
    case 'native':
      return nativelyRegistering(act, session, performing)
    case 'signal':
      return { session, evidence: passkey ? await signalAll(passkey) : { done: false } }
    case 'authenticate': {
      const run = await authenticate({
        ...requestOf('authentication', performing),
        ...(act.usernameless || !passkey ? {} : { username: passkey.username }),
        ...{ options: act.options, added: undefined, mediation: undefined },
      })
      return { session: withToken(session, run), evidence: evidenceOf(run, passkey?.userId) }
    }
  }
}

async function registering(
  { as, options, added, exclude }: Extract<Act, { do: 'register' }>,
  session: CompatibilitySession,
  performing: Performing,
): Promise<Done> {
  const excluded = exclude && passkeyOf(session, exclude)
  const username = freshName(session)
  const run = await register({
    ...requestOf('registration', performing),
    ...{ username, added, mediation: undefined, userToken: undefined },
    options: { ...options, ...(excluded ? { excludeCredentials: [excluded.credentialId] } : {}) },
  })
  return registered(as, username, run, session)
}

async function nativelyRegistering({ as }: { as: Act['as'] }, session: CompatibilitySession, performing: Performing) {
  const lacking = lackingJson()
  if (lacking.length) return { session, evidence: { done: false, lacking } }
  const username = freshName(session)
  const { explain } = requestOf('registration', performing)
  const { run, differences } = await registerNatively(performing.client, username, performing.signal, explain)
  const done = registered(as, username, run, session)
  return { ...done, evidence: { ...done.evidence, differences } }
}

function registered(holder: Act['as'], username: string, run: Run, session: CompatibilitySession): Done {
  const evidence = evidenceOf(run)
  const asked = run.messages.find(({ id }) => id === 'request')?.body as
    | { rp: { id: string }; user: { id: string } }
    | undefined
  if (!run.registered || !asked) return { evidence, session }
  const { user, passkey } = run.registered
  const kept: TestPasskey = {
    ...{ holder, username, userId: user.id, passkeyId: passkey.id, credentialId: passkey.credentialId },
    ...{ rpId: asked.rp.id, userHandle: asked.user.id },
  }
  return {
    evidence,
    session: { ...session, passkeys: [...session.passkeys, kept], made: [...session.made, evidence] },
  }
}

function withToken(session: CompatibilitySession, { authenticated }: Run): CompatibilitySession {
  if (!authenticated) return session
  const { user, token } = authenticated
  return {
    ...session,
    passkeys: session.passkeys.map((each) => (each.userId === user.id ? { ...each, token } : each)),
  }
}

/** Each registration is another user’s: a further passkey of one would need that user’s own token. */
function freshName({ prefix }: CompatibilitySession): string {
  const random = crypto.getRandomValues(new Uint32Array(1))[0]?.toString(36) ?? ''
  return `${prefix}-${random}`
}

function requestOf(kind: Run['kind'], { client, signal }: Performing) {
  const explain = (error: unknown, run: Run | undefined) => {
    const sent = (id: string) => run?.messages.find((message) => message.id === id)?.body
    const asked = sent('request') as Parameters<typeof explained>[1]['asked']
    const answered = sent('credential') !== undefined
    return explained(error, { kind, otherTenants: [], origin: location.origin, asked, answered })
  }
  return { client, signal, explain, publish: () => undefined }
}
