import type { Run } from '../run.ts'
import { ChecksEmpty } from './checks-empty.tsx'
import { ChecksFailure } from './checks-failure.tsx'
import { ChecksList } from './checks-list.tsx'
import { checksOf } from './checks-of.ts'
import { ChecksProvider } from './checks-provider.tsx'

/** The server's verification, step by step: the reason of a refusal first, then each step beside the specification. */
export function ChecksView({ run }: { run: Run }) {
  const checks = checksOf(run) ?? []
  return (
    <div className="@container space-y-3.5">
      {run.failure && !run.approved && <ChecksFailure failure={run.failure} />}
      {run.bugs?.length && !run.approved ? (
        <ChecksProvider bugs={run.bugs} provider={(run.registered ?? run.authenticated)?.passkey.provider} />
      ) : null}
      {checks.length === 0 ? <ChecksEmpty run={run} /> : <ChecksList checks={checks} about={about(run)} />}
    </div>
  )
}

/** What the checks are those of. */
function about({ kind, approved }: Run): string {
  if (approved) return 'An approval: WebAuthn §7.2, and what the challenge commits to'
  return `WebAuthn §${kind === 'registration' ? '7.1' : '7.2'}`
}
