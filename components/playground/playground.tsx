'use client'

import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { Late } from '../ui/late.tsx'
import { loadSoftware, useSoftware } from './authenticator/use-software.ts'
import { BreakTab } from './break/break-tab.tsx'
import { ShowBrowser } from './browser/browser-button.tsx'
import { loadRegistered, loadRuns } from './client-of.ts'
import { Earlier } from './earlier.tsx'
import { Helping } from './failure/helping-page.ts'
import { useCodeInAddress } from './hand-off/use-code-in-address.ts'
import { LastResult } from './last-result.tsx'
import { MpcTab } from './mpc/mpc-tab.tsx'
import { OAuthTab } from './oauth/oauth-tab.tsx'
import type { Over } from './opened-over.tsx'
import { lintContextOf } from './options/lint-context.ts'
import { withOption } from './options/option-values.ts'
import { useWide } from './options/sheet/use-wide.ts'
import { Result } from './result.tsx'
import { runToken } from './runs/run-token.ts'
import { RunsPlace } from './runs/runs-place.tsx'
import { type DemoKey, freshUsername } from './setup/demo-key.ts'
import { lackingScopes } from './setup/lacking-scopes.ts'
import { Setup } from './setup/setup.tsx'
import { Start } from './setup/start.tsx'
import { usernameMistakeSoFar } from './setup/username.ts'
import { useShortcuts } from './shortcuts/use-shortcuts.ts'
import { Status } from './status.tsx'
import { statusWords } from './status-words.ts'
import { Steps } from './steps.tsx'
import { useFocusKeptIn } from './use-focus-kept-in.ts'
import { useNewsInView } from './use-news-in-view.ts'
import { usePlayground } from './use-playground.ts'
import { Welcome } from './welcome.tsx'

const loadOver = () => import('./opened-over.tsx')
const loadCompare = () => import('./runs/compare-view.tsx')

// Loaded when it is first opened, and not with the page.
const loadOptions = () => import('./options/sheet/options-sheet.tsx')

interface Props {
  baseUrl: string
  /** Whether the OAuth tab's own app is there. */
  builtInApp: boolean
  demoKeys: readonly DemoKey[]
  footer: ReactNode
}

const loadArrival = () => import('./hand-off/arrival.tsx')
const loadBrowser = () => import('./browser/browser-panel.tsx')

/** The Playground: what is set on the left, what happened on the right. On a phone, one below the other. */
export function Playground({ baseUrl, builtInApp, demoKeys, footer }: Props) {
  const playground = usePlayground(demoKeys)
  const { state, dispatch, enterKey, start, cancel, approved, passkeys, standing, standingOfRun } = playground
  const [starts, restart] = useState(0)
  const { key, missing, stoppedBy, offerEnded, notice, comparing } = state
  const { latest, opened } = playground
  const run = latest?.run
  const apart = ['break', 'oauth', 'mpc'].includes(state.tab)
  const refs = {
    key: useRef<HTMLInputElement>(null),
    username: useRef<HTMLInputElement>(null),
    register: useRef<HTMLButtonElement>(null),
    options: useRef<HTMLButtonElement>(null),
  }
  const wide = useWide()
  const closeOptions = useCallback(() => dispatch({ type: 'options-closed' }), [dispatch])
  const story = useRef<HTMLDivElement>(null)
  const [browserShown, setBrowserShown] = useState(false)
  const showBrowser = () => setBrowserShown(true)
  const [code, setCode] = useCodeInAddress()
  const result = useRef<HTMLElement>(null)
  const software = useSoftware()
  useFocusKeptIn(result)

  useEffect(() => {
    if (missing) (missing.field === 'apiKey' ? refs.key : refs.username).current?.focus()
  }, [missing, refs.key, refs.username])

  useNewsInView(story, run)

  function open(number: number) {
    dispatch({ type: 'run-opened', number })
    if (apart) dispatch({ type: 'tab-selected', tab: 'ceremony' })
    if (!matchMedia('(min-width: 64rem)').matches) result.current?.scrollIntoView({ block: 'start' })
  }

  const [over, setOver] = useState<Over>()
  useShortcuts({ state, dispatch, start, openRun: open, help: () => setOver('help') })

  function tryIt(demo: DemoKey) {
    enterKey(demo.key)
    if (!state.username) dispatch({ type: 'username-entered', username: freshUsername() })
    refs.register.current?.focus()
  }

  const of = opened && opened.run.status !== 'working' ? opened.of : undefined
  const changed = of && (of.apiKey !== state.apiKey || (of.username ?? state.username) !== state.username)
  const atLatest = opened === latest
  // What the latest has to say stands back while another is on show, but for what is to be done now.
  const aside = (!atLatest || comparing) && run?.status !== 'working' && !stoppedBy && !offerEnded && !notice
  const made = opened?.run.registered?.passkey
  const usable = atLatest && standingOfRun.made?.answer === run?.registered && run?.registered
  const next = usable && !changed ? () => start('authenticate') : undefined
  function addBeside() {
    const registration = withOption(state.choices.registration, 'mediation', 'conditional')
    start('register', { ...state.choices, registration })
  }
  const helps = {
    state,
    dispatch,
    demoKeys,
    start,
    enterKey,
    toRegister: () => refs.register.current?.focus(),
    showBrowser,
    useSoftware: software.use,
  }
  const moved = state.optionsOpen && !wide
  const buttons = (
    <Start
      playground={playground}
      demoKeys={demoKeys}
      led={Boolean(next) || state.tab === 'break'}
      registerRef={refs.register}
      brief={moved}
    />
  )
  const columns = (
    <div className="mx-auto grid max-w-[1400px] grid-cols-1 gap-4 p-4 lg:grid-cols-[372px_minmax(0,1fr)] lg:gap-6 lg:p-6">
      <div className={`self-start lg:sticky ${software.names ? 'lg:top-20' : 'lg:top-6'}`}>
        <Setup
          playground={playground}
          demoKeys={demoKeys}
          refs={refs}
          buttons={moved ? null : buttons}
          software={software}
        />
      </div>
      <div ref={story} data-under-sheet className="min-w-0 scroll-mt-4 space-y-4">
        <Steps state={state} standing={standing} onRun={open} />
        <RunsPlace
          state={state}
          dispatch={dispatch}
          folded={apart}
          baseUrl={baseUrl}
          onPresent={setOver}
          onOpen={open}
          onImport={() => setOver('import')}
          onShortcuts={() => setOver('help')}
          onStartOver={() => {
            playground.startOver()
            software.clear()
            restart(starts + 1)
            refs.username.current?.focus()
          }}
        />
        <section
          ref={result}
          tabIndex={-1}
          aria-label="Result"
          className="rounded-card outline-none border border-line bg-card shadow-lift"
        >
          <Helping value={changed ? undefined : helps}>
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
                  <RunHeadline record={opened} onLatest={latest ? () => open(latest.number) : undefined} />
                )}
              </Late>
            ) : null}
            <div hidden={comparing}>
              {opened && made && !state.gone.has(made.id) ? (
                <Late load={loadRegistered} waiting={null}>
                  {({ RegisteredCard }) => <RegisteredCard run={opened.run} passkey={made} />}
                </Late>
              ) : null}
              {of && changed && atLatest ? <Earlier {...of} /> : null}
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
                    onImport={() => setOver('import')}
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
      </div>
      {over ? (
        <Late load={loadOver} waiting={null}>
          {({ OpenedOver }) => (
            <OpenedOver {...{ over, state, dispatch, demoKeys, baseUrl }} onClose={() => setOver(undefined)} />
          )}
        </Late>
      ) : null}
      <LastResult run={run} />
      {state.optionsOpen ? (
        <Late load={loadOptions} waiting={null}>
          {({ OptionsSheet }) => (
            <OptionsSheet
              choices={state.choices}
              context={lintContextOf(state)}
              baseUrl={baseUrl}
              sought={state.sought}
              address={() => location.href}
              onChoose={(choices) => dispatch({ type: 'chosen', choices })}
              onClose={closeOptions}
            >
              {moved ? buttons : null}
            </OptionsSheet>
          )}
        </Late>
      ) : null}
    </div>
  )
  return (
    <ShowBrowser value={showBrowser}>
      {software.wanted ? (
        <Late load={loadSoftware} waiting={null}>
          {({ SoftwarePlace }) => (
            <SoftwarePlace
              open={software.open}
              onOpen={software.show}
              onClose={software.close}
              onNames={software.setNames}
              opener={software.opener}
              username={refs.username}
            />
          )}
        </Late>
      ) : null}
      {code ? (
        <Late load={loadArrival} waiting={null}>
          {({ Arrival }) => <Arrival key={code} {...{ code, state, dispatch }} onClose={() => setCode(undefined)} />}
        </Late>
      ) : null}
      {columns}
      {state.optionsOpen ? null : footer}
      {browserShown ? (
        <Late load={loadBrowser} waiting={null}>
          {({ BrowserPanel }) => (
            <BrowserPanel
              apiKey={state.apiKey}
              tenant={key.status === 'ready' ? key.tenant : undefined}
              onClose={() => setBrowserShown(false)}
            />
          )}
        </Late>
      ) : null}
    </ShowBrowser>
  )
}
