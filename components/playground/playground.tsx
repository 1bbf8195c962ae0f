'use client'

import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { Late } from '../ui/late.tsx'
import { loadSoftware, useSoftware } from './authenticator/use-software.ts'
import { ShowBrowser } from './browser/browser-button.tsx'
import { useCodeInAddress } from './hand-off/use-code-in-address.ts'
import { LastResult } from './last-result.tsx'
import type { Over } from './opened-over.tsx'
import { lintContextOf } from './options/lint-context.ts'
import { useWide } from './options/sheet/use-wide.ts'
import { Outcome } from './outcome.tsx'
import { RunsPlace } from './runs/runs-place.tsx'
import type { DemoKey } from './setup/demo-key.ts'
import { Setup } from './setup/setup.tsx'
import { Start } from './setup/start.tsx'
import { useShortcuts } from './shortcuts/use-shortcuts.ts'
import { Steps } from './steps.tsx'
import { useFocusKeptIn } from './use-focus-kept-in.ts'
import { useNewsInView } from './use-news-in-view.ts'
import { usePlayground } from './use-playground.ts'

const loadOver = () => import('./opened-over.tsx')

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
  const { state, dispatch, start, standing, standingOfRun, latest, opened } = playground
  const [starts, restart] = useState(0)
  const { key, missing } = state
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

  const of = opened && opened.run.status !== 'working' ? opened.of : undefined
  const changed = of && (of.apiKey !== state.apiKey || (of.username ?? state.username) !== state.username)
  const usable = opened === latest && standingOfRun.made?.answer === run?.registered && run?.registered
  const next = usable && !changed ? () => start('authenticate') : undefined
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
        <Outcome
          ref={result}
          playground={playground}
          demoKeys={demoKeys}
          baseUrl={baseUrl}
          builtInApp={builtInApp}
          earlier={changed ? of : undefined}
          next={next}
          software={software}
          starts={starts}
          toRegister={() => refs.register.current?.focus()}
          onOpen={open}
          onOver={setOver}
        />
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
    <ShowBrowser value={() => setBrowserShown(true)}>
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
