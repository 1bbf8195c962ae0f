import type { ReactNode, RefObject } from 'react'
import { Late } from '../../ui/late.tsx'
import { SoftwareLine } from '../authenticator/software-line.tsx'
import type { useSoftware } from '../authenticator/use-software.ts'
import { lintContextOf } from '../options/lint-context.ts'
import { offersPasskeys } from '../options/option-values.ts'
import { OptionsPanel } from '../options/options-panel.tsx'
import { latestRun, type State } from '../state.ts'
import type { usePlayground } from '../use-playground.ts'
import { ApiKeyField } from './api-key-field.tsx'
import { BrowserSupport } from './browser-support.tsx'
import { type DemoKey, freshUsername } from './demo-key.ts'
import { DemoKeyMenu } from './demo-key-menu.tsx'
import { OwnKey } from './own-key.tsx'
import { RememberKey } from './remember-key.tsx'
import { TenantPlace } from './tenant-place.tsx'
import { usernameMistakeSoFar } from './username.ts'
import { UsernameField } from './username-field.tsx'

// Whom a key speaks for is drawn where there is a key.
const loadTenant = () => import('./tenant-card.tsx')

interface SetupProps {
  playground: ReturnType<typeof usePlayground>
  demoKeys: readonly DemoKey[]
  refs: {
    key: RefObject<HTMLInputElement | null>
    username: RefObject<HTMLInputElement | null>
    register: RefObject<HTMLButtonElement | null>
    options: RefObject<HTMLButtonElement | null>
  }
  /** The three ways to begin; undefined while they stand elsewhere. */
  buttons: ReactNode
  software: ReturnType<typeof useSoftware>
}

/** What a person sets: the key, the username, the options; and the three ways to begin. */
export function Setup({ playground, demoKeys, refs, buttons, software }: SetupProps) {
  const { state, dispatch, enterKey, remember, start, standing } = playground
  const { key, username, choices } = state
  const enterUsername = (name: string) => dispatch({ type: 'username-entered', username: name })
  const next = standing.hasPasskey ? 'authenticate' : 'register'
  // On a phone the first screen belongs to the first step.
  const later = state.apiKey ? '' : 'max-lg:hidden'

  function borrow(demo: DemoKey) {
    enterKey(demo.key)
    if (!username) enterUsername(freshUsername())
  }

  return (
    <section
      aria-label="Set-up"
      className="rounded-card border border-line scroll-hint p-4 shadow-lift [scrollbar-width:thin] sm:p-5 lg:max-h-[calc(100dvh/var(--zoom)-104px)] lg:overflow-y-auto"
    >
      <div className="space-y-4">
        {software.names ? null : <BrowserSupport onSoftware={software.use} />}
        <div>
          <ApiKeyField
            ref={refs.key}
            value={state.apiKey}
            error={keyError(state)}
            onChange={enterKey}
            onDone={() => dispatch({ type: 'key-left' })}
          />
          <div className="mt-1.5 flex flex-wrap items-center justify-between gap-x-4">
            {demoKeys.length ? <DemoKeyMenu demoKeys={demoKeys} onPick={borrow} /> : <span />}
            <RememberKey checked={state.remember} onChange={remember} />
          </div>
          <div className={demoKeys.length ? 'max-lg:hidden' : ''}>
            <OwnKey />
          </div>
        </div>
        {key.status === 'ready' || key.status === 'checking' ? (
          <Late load={loadTenant} waiting={<TenantPlace />}>
            {({ TenantCard }) =>
              key.status === 'ready' ? (
                <TenantCard answer={key.tenant} handing={{ apiKey: state.apiKey, username, choices }} />
              ) : (
                <TenantPlace />
              )
            }
          </Late>
        ) : null}
        <UsernameField
          ref={refs.username}
          value={username}
          error={usernameError(state)}
          autofill={offersPasskeys(choices)}
          onChange={enterUsername}
          onEnter={() => start(next)}
        />
      </div>
      {buttons}
      <div className={later}>
        <OptionsPanel
          choices={choices}
          context={lintContextOf(state)}
          open={state.optionsOpen}
          buttonRef={refs.options}
          onOpen={() => dispatch({ type: state.optionsOpen ? 'options-closed' : 'options-opened' })}
          onChoose={(chosen) => dispatch({ type: 'chosen', choices: chosen })}
        />
        <SoftwareLine names={software.names} opener={software.opener} onOpen={software.show} />
      </div>
    </section>
  )
}

function keyError({ key, missing }: State): string | undefined {
  if (missing?.field === 'apiKey') return missing.why
  if (key.status === 'malformed') return key.mistake
  if (key.status === 'refused') return `${key.failure.what}. ${key.failure.why}`
  return undefined
}

function usernameError({ username, missing, runs }: State): string | undefined {
  if (missing?.field === 'username') return missing.why
  const latest = latestRun({ runs })
  const refused = latest?.of.username === username ? latest.run.failure?.problem?.issues : undefined
  const message = refused?.find(({ path }) => path === 'username')?.message
  return usernameMistakeSoFar(username) ?? (message ? `This username ${message}.` : undefined)
}
