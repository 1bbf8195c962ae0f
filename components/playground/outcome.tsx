import { type Ref, useContext } from 'react'
import { Late } from '../ui/late.tsx'
import type { useSoftware } from './authenticator/use-software.ts'
import { BreakTab } from './break/break-tab.tsx'
import { ShowBrowser } from './browser/browser-button.tsx'
import { loadRegistered, loadRuns } from './client-of.ts'
import { Earlier } from './earlier.tsx'
import { Helping } from './failure/helping-page.ts'
import { MpcTab } from './mpc/mpc-tab.tsx'
import { OAuthTab } from './oauth/oauth-tab.tsx'
import type { Over } from './opened-over.tsx'
import { withOption } from './options/option-values.ts'
import { Result } from './result.tsx'
import { runToken } from './runs/run-token.ts'
import { type DemoKey, freshUsername } from './setup/demo-key.ts'
import { lackingScopes } from './setup/lacking-scopes.ts'
import { usernameMistakeSoFar } from './setup/username.ts'
import type { State } from './state.ts'
import { Status } from './status.tsx'
import { statusWords } from './status-words.ts'
import type { usePlayground } from './use-playground.ts'
import { Welcome } from './welcome.tsx'

const loadOver = () => import('./opened-over.tsx')
const loadCompare = () => import('./runs/compare-view.tsx')

interface OutcomeProps {
  playground: ReturnType<typeof usePlayground>
  demoKeys: readonly DemoKey[]
  baseUrl: string
  builtInApp: boolean
  /** Whom the ceremony on show was about, where the set-up is about another by now. */
  earlier: State['runs'][number]['of'] | undefined
  /** Takes the next step, where what the latest made leads to one. */
  next: (() => void) | undefined
  software: ReturnType<typeof useSoftware>
  /** How often all was begun anew. */
  starts: number
  toRegister: () => void
  onOpen: (number: number) => void
  onOver: (over: Over) => void
  ref: Ref<HTMLElement>
}

/** What happened: the ceremony on show in one line, then all there is to see of it, and what needs none. */
export function Outcome({
  playground,
  demoKeys,
  baseUrl,
  builtInApp,
  earlier,
  next,
  software,
  starts,
  toRegister,
  onOpen,
  onOver,
  ref,
}: OutcomeProps) {
  const { state, dispatch, enterKey, start, cancel, approved, passkeys, standing, standingOfRun } = playground
  const { latest, opened } = playground
  const { key, stoppedBy, offerEnded, notice, comparing } = state
  const run = latest?.run
  const atLatest = opened === latest
  // What the latest has to say stands back while another is on show, but for what is to be done now.
  const aside = (!atLatest || comparing) && run?.status !== 'working' && !stoppedBy && !offerEnded && !notice
  const made = opened?.run.registered?.passkey
  const showBrowser = useContext(ShowBrowser)
  const helps = { state, dispatch, demoKeys, start, enterKey, toRegister, showBrowser, useSoftware: software.use }

  function tryIt(demo: DemoKey) {
    enterKey(demo.key)
    if (!state.username) dispatch({ type: 'username-entered', username: freshUsername() })
    toRegister()
  }

  function addBeside() {
    const registration = withOption(state.choices.registration, 'mediation', 'conditional')
    start('register', { ...state.choices, registration })
  }

  return (
    <section
      ref={ref}
      tabIndex={-1}
      aria-label="Result"
      className="rounded-card outline-none border border-line bg-card shadow-lift"
    >
      <Helping value={earlier ? undefined : helps}>
        <Status
          run={run}
          words={statusWords(state, standingOfRun)}
          aside={aside}
          onCancel={cancel}
          onNext={comparing ? undefined : next}
        />
        {comparing ? <Late load={loadCompare}>{({ CompareView }) => <CompareView state={state} />}</Late> : null}
        {aside && !comparing && opened ? (
          <Late load={loadRuns} waiting={null} missing={() => null}>
            {({ RunHeadline }) => (
              <RunHeadline record={opened} onLatest={latest ? () => onOpen(latest.number) : undefined} />
            )}
          </Late>
        ) : null}
        <div hidden={comparing}>
          {opened && made && !state.gone.has(made.id) ? (
            <Late load={loadRegistered} waiting={null}>
              {({ RegisteredCard }) => <RegisteredCard run={opened.run} passkey={made} />}
            </Late>
          ) : null}
          {earlier && atLatest ? <Earlier {...earlier} /> : null}
          <Result
            run={opened?.run}
            choices={opened?.choices}
            token={opened && runToken(opened, atLatest ? standingOfRun : undefined, state.gone)}
            tab={state.tab}
            baseUrl={baseUrl}
            passkeys={passkeys}
            runs={state.runs}
            onAdd={standing.token === 'good' ? addBeside : undefined}
            rpId={key.status === 'ready' ? key.tenant.relyingParty.id : ''}
            onTab={(tab) => dispatch({ type: 'tab-selected', tab })}
            welcome={
              <Welcome
                tenant={key.status === 'ready' ? key.tenant : undefined}
                username={usernameMistakeSoFar(state.username) ? '' : state.username}
                registers={!lackingScopes(key).includes('passkeys:register')}
                demo={demoKeys[0]}
                onTry={tryIt}
                onImport={() => onOver('import')}
                onExample={() => void loadOver().then(({ showExample }) => showExample(dispatch))}
              />
            }
            mpc={
              <MpcTab
                selected={state.tab === 'mpc'}
                keyCheck={key}
                apiKey={state.apiKey}
                standing={standing}
                demoKeys={demoKeys}
                onAuthenticate={() => start('authenticate')}
                onApproval={approved}
              />
            }
            breaking={
              <BreakTab
                key={starts}
                selected={state.tab === 'break'}
                keyCheck={key}
                apiKey={state.apiKey}
                baseUrl={baseUrl}
                demo={demoKeys[0]}
                onBorrow={(lent) => enterKey(lent.key)}
              />
            }
            oauth={
              <OAuthTab
                selected={state.tab === 'oauth'}
                inSoftware={software.names !== undefined}
                keyCheck={key}
                username={state.username}
                baseUrl={baseUrl}
                builtInApp={builtInApp}
                demoKeys={demoKeys}
                onBorrow={(lent) => enterKey(lent.key)}
              />
            }
          />
        </div>
      </Helping>
    </section>
  )
}
