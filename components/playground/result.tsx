'use client'

import type { ReactNode } from 'react'
import { Empty } from '../ui/empty.tsx'
import { Late } from '../ui/late.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { countAsked } from './asked/asked-of.ts'
import { checksOf } from './checks/checks-of.ts'
import { loadCard } from './failure/explained.ts'
import type { Choices } from './options/option-values.ts'
import type { usePasskeys } from './passkeys/use-passkeys.ts'
import type { Run } from './run.ts'
import type { RunToken } from './runs/run-token.ts'
import type { ResultTab, RunRecord } from './state.ts'

// Before the first ceremony nobody has anything to look at: loaded with that, and not with the page.
const loadToken = () => import('./token/token-view.tsx')
const loadChecks = () => import('./checks/checks-view.tsx')
const loadCeremony = () => import('./ceremony/ceremony-view.tsx')
const loadAsked = () => import('./asked/asked-view.tsx')
const loadPasskeys = () => import('./passkeys/passkeys-view.tsx')

interface ResultProps {
  /** The ceremony on show; undefined before the first. */
  run: Run | undefined
  /** What it was begun with. */
  choices: Choices | undefined
  /** What there is to see before the first ceremony. */
  welcome: ReactNode
  /** The failure lab, which needs no ceremony. */
  breaking: ReactNode
  /** The OAuth flow, which needs no ceremony. */
  oauth: ReactNode
  /** Keys that nobody holds whole, which need a token. */
  mpc: ReactNode
  /** The token that it shows, or why there is none. */
  token: RunToken | undefined
  tab: ResultTab
  baseUrl: string
  passkeys: ReturnType<typeof usePasskeys>
  /** All ceremonies of this page, and the key’s RP ID: what a passkey’s provider can be told is of them. */
  runs: readonly RunRecord[]
  rpId: string
  onAdd: (() => void) | undefined
  onTab: (tab: ResultTab) => void
}

/**
 * What happened: the token, the checks, the messages and the user's passkeys, the failure lab, the OAuth flow and MPC. Before the first
 * ceremony what to do takes the place of its results. A failure says why above all of them.
 */
export function Result({ run, welcome, breaking, oauth, mpc, tab, onTab, ...rest }: ResultProps) {
  const own = [
    { id: 'break', label: 'Break it', content: breaking },
    { id: 'oauth', label: 'OAuth', content: oauth },
    { id: 'mpc', label: 'MPC', content: mpc },
  ]
  const apart = own.some(({ id }) => id === tab)
  const tabs = run
    ? [...ceremonyTabs({ run, ...rest }), ...own]
    : [{ id: 'start', label: 'Start', content: welcome }, ...own]
  const wanted = run || apart ? tab : 'start'
  const selected = tabs.some(({ id }) => id === wanted) ? wanted : (tabs[0]?.id ?? wanted)
  return (
    <>
      {run ? (
        <Late load={loadCard} waiting={null}>
          {({ ChecksFailure }) =>
            run.failure && tab !== 'checks' && !apart ? (
              <div className="p-4 pb-0 sm:p-5 sm:pb-0">
                <ChecksFailure failure={run.failure} />
              </div>
            ) : null
          }
        </Late>
      ) : null}
      {run || apart ? <h2 className="sr-only">Result</h2> : null}
      <Tabs
        label="Result"
        tabs={tabs}
        selected={selected}
        onSelect={(id) => onTab(id === 'start' ? 'token' : (id as ResultTab))}
      />
    </>
  )
}

function ceremonyTabs({
  run,
  choices,
  token = 'none yet',
  baseUrl,
  passkeys,
  runs,
  rpId,
  onAdd,
}: Pick<ResultProps, 'choices' | 'token' | 'baseUrl' | 'passkeys' | 'runs' | 'rpId' | 'onAdd'> & { run: Run }) {
  return [
    {
      id: 'token',
      label: 'Token',
      content: (
        <Late load={loadToken}>
          {({ TokenView }) =>
            typeof token === 'string' ? (
              <Empty title={noToken[token].title} region="Token">
                {noToken[token].text}
              </Empty>
            ) : (
              <TokenView {...token} baseUrl={baseUrl} />
            )
          }
        </Late>
      ),
    },
    {
      id: 'checks',
      label: 'Checks',
      count: checksOf(run)?.length || undefined,
      content: <Late load={loadChecks}>{({ ChecksView }) => <ChecksView run={run} />}</Late>,
    },
    {
      id: 'ceremony',
      label: 'Ceremony',
      count: run.messages.length,
      content: <Late load={loadCeremony}>{({ CeremonyView }) => <CeremonyView run={run} baseUrl={baseUrl} />}</Late>,
    },
    ...(choices
      ? [
          {
            id: 'asked',
            label: 'Asked and got',
            count: countAsked(run, choices) || undefined,
            content: <Late load={loadAsked}>{({ AskedView }) => <AskedView run={run} choices={choices} />}</Late>,
          },
        ]
      : []),
    {
      id: 'passkeys',
      label: 'Passkeys',
      count: passkeys.passkeys?.length,
      content: (
        <Late load={loadPasskeys}>
          {({ PasskeysView }) => (
            <PasskeysView
              passkeys={passkeys.passkeys}
              state={passkeys.state}
              {...(passkeys.failure ? { failure: passkeys.failure } : {})}
              runs={runs}
              rpId={rpId}
              onAdd={onAdd}
              onReload={passkeys.reload}
              onRename={passkeys.rename}
              onDelete={passkeys.remove}
            />
          )}
        </Late>
      ),
    },
  ]
}

const noToken: Readonly<Record<Extract<RunToken, string>, { title: string; text: string }>> = {
  'none yet': {
    title: 'No token yet',
    text: 'The server issues one when a passkey signs in: press Authenticate.',
  },
  'not kept': {
    title: 'The token of this run is not kept',
    text: 'A token stays in the page’s memory, and ends with a reload. Authenticate for a new one.',
  },
  'not in files': {
    title: 'The token of this run stayed where it was issued',
    text: 'No file of a run has a token in it. Authenticate here for one of your own.',
  },
  'none by registering': {
    title: 'This run brought no token',
    text: 'A registration makes a passkey. The server issues a token when one signs in.',
  },
  'none by failing': {
    title: 'This run brought no token',
    text: 'It signed nobody in.',
  },
}
