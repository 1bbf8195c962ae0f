import { Empty } from '../ui/empty.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { CeremonyView } from './ceremony/ceremony-view.tsx'
import { ChecksFailure } from './checks/checks-failure.tsx'
import { ChecksView, checksOf } from './checks/checks-view.tsx'
import { PasskeysView } from './passkeys/passkeys-view.tsx'
import type { usePasskeys } from './passkeys/use-passkeys.ts'
import type { Run } from './run.ts'
import type { ResultTab, Session } from './state.ts'
import { TokenView } from './token/token-view.tsx'

interface ResultProps {
  run: Run
  /** The token of whom this run is about, where there is one. */
  session: Session | undefined
  tab: ResultTab
  baseUrl: string
  passkeys: ReturnType<typeof usePasskeys>
  onTab: (tab: ResultTab) => void
}

/** What happened: the token, the checks, the messages and the user's passkeys. A failure says why above all of them. */
export function Result({ run, session, tab, baseUrl, passkeys, onTab }: ResultProps) {
  const tabs = [
    {
      id: 'token',
      label: 'Token',
      content: session ? (
        <TokenView authenticated={session.answer} username={session.answer.user.username} baseUrl={baseUrl} />
      ) : (
        <NoToken />
      ),
    },
    { id: 'checks', label: 'Checks', count: checksOf(run)?.length || undefined, content: <ChecksView run={run} /> },
    { id: 'ceremony', label: 'Ceremony', count: run.messages.length, content: <CeremonyView run={run} /> },
    {
      id: 'passkeys',
      label: 'Passkeys',
      count: passkeys.passkeys?.length,
      content: (
        <PasskeysView
          passkeys={passkeys.passkeys}
          state={passkeys.state}
          {...(passkeys.failure ? { failure: passkeys.failure } : {})}
          onRename={passkeys.rename}
          onDelete={passkeys.remove}
        />
      ),
    },
  ]
  return (
    <>
      {run.failure && tab !== 'checks' ? (
        <div className="p-4 pb-0 sm:p-5 sm:pb-0">
          <ChecksFailure failure={run.failure} />
        </div>
      ) : null}
      <h2 className="sr-only">Result</h2>
      <Tabs label="Result" tabs={tabs} selected={tab} onSelect={(id) => onTab(id as ResultTab)} />
    </>
  )
}

function NoToken() {
  return (
    <Empty title="No token yet" region="Token">
      The server issues one when a passkey signs in: press Authenticate.
    </Empty>
  )
}
