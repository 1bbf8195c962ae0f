'use client'

import { type KeyboardEvent, useCallback, useEffect, useLayoutEffect, useReducer, useRef, useState } from 'react'
import { apiKeyStart } from '#lib/contract/api-key-format.ts'
import { Late } from '../../ui/late.tsx'
import { canHandOn } from '../hand-off/can-hand-on.ts'
import type { Handing } from '../hand-off/hand-off-dialog.tsx'
import type { DemoKey } from '../setup/demo-key.ts'
import { shortcutsOn } from '../shortcuts/shortcuts-on.ts'
import { pairOf, type RunRecord, type State } from '../state.ts'
import { tokenParts } from '../token/token-parts.ts'
import { hideBehind } from './hide-behind.ts'
import { PresentBeside } from './present-beside.tsx'
import { PresentBoard } from './present-board.tsx'
import { PresentBytes } from './present-bytes.tsx'
import { PresentEnd } from './present-end.tsx'
import { PresentFoot } from './present-foot.tsx'
import { PresentHead } from './present-head.tsx'
import { actOf, type PresentAct } from './present-keys.ts'
import { pauseOf, presented, presentedFirst } from './present-state.ts'
import { saidOf } from './said.ts'
import { sized } from './sized.ts'
import { StageZoom } from './stage-zoom.tsx'
import { otherHalf, storyOf } from './story.ts'

const loadHandOff = () => import('../hand-off/hand-off-dialog.tsx')
const loadKeys = () => import('../shortcuts/shortcuts-help.tsx')

export interface StageProps {
  /** The run on show, which has ended. */
  record: RunRecord
  state: State
  demoKeys: readonly DemoKey[]
  baseUrl: string
  onClose: () => void
}

/**
 * A run for a room: one sentence, who takes part, and the messages one after another at the presenter's key. Nothing of it
 * is secret. Escape leaves.
 */
export function PresentStage({ record, state, demoKeys, baseUrl, onClose }: StageProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const stage = useRef<HTMLDivElement>(null)
  const half = otherHalf(record, state.runs)
  const [{ steps, ...shown }, dispatch] = useReducer(
    (before: typeof presentedFirst & { steps: number }, act: PresentAct | 'speed' | 'tick') => {
      const story = storyIn(record, half, act === 'story' ? !before.whole : before.whole)
      return { ...presented(before, act, before.steps), steps: lengthOf(story) }
    },
    undefined,
    () => ({ ...presentedFirst, steps: lengthOf(storyIn(record, half, false)) }),
  )
  const story = storyIn(record, half, shown.whole)
  const { scenes, ending, facts } = story
  const { playing, at } = shown
  const scene = scenes[at]
  const [other, setOther] = useState<string>()
  const token = tokenOf(record, half, state)
  const example = record.example === true
  const [over, setOver] = useState<'room' | 'keys'>()
  const [said, say] = useState('')
  const handed = handedFrom(record, state)

  useLayoutEffect(() => {
    const element = dialog.current
    if (!element) return
    element.showModal()
    stage.current?.focus()
    const show = hideBehind(element)
    return () => {
      show()
      element.close()
    }
  }, [])

  // Said once it stands there, the first one, too: what a live region begins with is read by nobody.
  const saying = saidOf({ story, at, steps, beside: shown.beside ? { token, other } : undefined })
  useEffect(() => say(saying), [saying])

  // What had the focus may be gone with what it stood in: the keys are heard on.
  useLayoutEffect(() => {
    if (!dialog.current?.contains(document.activeElement)) stage.current?.focus()
  })

  const pause = pauseOf(shown)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each message has the whole of its time
  useEffect(() => {
    if (!playing) return
    const timer = setTimeout(() => dispatch('tick'), pause)
    return () => clearTimeout(timer)
  }, [playing, at, pause])

  const act = useCallback(
    (act: PresentAct | 'speed') => {
      if (act === 'story' && !half) return
      if (act === 'room' || act === 'keys') return setOver(act)
      if (act === 'full') return void turnFull(stage.current)
      dispatch(act)
    },
    [half],
  )

  function hear(event: KeyboardEvent) {
    const { key, ctrlKey, metaKey, altKey, target } = event
    const on = target instanceof Element ? target : undefined
    if (ctrlKey || metaKey || altKey || on?.closest('input') || on?.closest('dialog') !== dialog.current) return
    const heard = actOf({ key, onButton: Boolean(on?.closest('button')), characters: shortcutsOn() })
    if (!heard) return
    event.preventDefault()
    act(heard)
  }

  const environment = environmentOf(token, record)
  const others = demoKeys.filter(
    ({ key, tenantId }) => key !== record.of.apiKey && tenantId !== record.run.authenticated?.tenant?.id,
  )
  return (
    <dialog
      ref={dialog}
      aria-label="Present"
      closedby="closerequest"
      onKeyDown={hear}
      onCancel={(event) => {
        if (event.target !== event.currentTarget) return
        event.preventDefault()
        onClose()
      }}
      onClose={(event) => {
        if (event.target === event.currentTarget) onClose()
      }}
      className="fixed inset-0 m-0 h-dvh max-h-none w-screen max-w-none border-0 bg-paper p-0 text-ink"
      style={{ zoom: 'calc(1 / var(--zoom))' }}
    >
      <div
        ref={stage}
        tabIndex={-1}
        className="flex h-full flex-col overflow-hidden bg-paper outline-none max-sm:overflow-y-auto [--u:clamp(0.56px,min(100vw/1440,100vh/900),4px)]"
      >
        <PresentHead {...{ facts, environment, example, at, steps }} />
        {shown.beside ? (
          <PresentBeside
            token={token}
            username={facts.username}
            others={others}
            example={example ? otherExample : undefined}
            holds={(apiKey) => state.holding[pairOf(apiKey, facts.username)] ?? false}
            other={other}
            onOther={setOther}
          />
        ) : (
          <>
            {scene ? (
              <div style={sized({ padding: [24, 56, 0] })}>
                <h2
                  className="text-balance font-semibold tracking-[-0.035em] wrap-anywhere"
                  style={sized({ fontSize: 68, lineHeight: 72 })}
                >
                  {scene.say}
                </h2>
                <p
                  className="text-balance text-soft tracking-[-0.015em] wrap-anywhere"
                  style={sized({ fontSize: 32, lineHeight: 42, marginTop: 10 })}
                >
                  {scene.note}
                </p>
              </div>
            ) : ending ? (
              <PresentEnd
                story={story}
                ending={ending}
                example={example}
                imported={Boolean(record.imported)}
                baseUrl={baseUrl}
              />
            ) : null}
            {scene && shown.bytes ? <PresentBytes scene={scene} /> : null}
            {scene && !shown.bytes ? <PresentBoard scenes={scenes} at={at} /> : null}
          </>
        )}
        <PresentFoot
          {...shown}
          canTell={Boolean(half)}
          canHand={handed !== undefined}
          beside={besideName(other, others, example)}
          besideOn={shown.beside}
          onAct={act}
          onLeave={onClose}
        />
        <p aria-live="polite" className="sr-only">
          {said}
        </p>
        {over === 'room' && handed ? (
          <StageZoom>
            <Late load={loadHandOff} waiting={null}>
              {({ HandOffDialog }) => <HandOffDialog {...handed} onClose={() => setOver(undefined)} />}
            </Late>
          </StageZoom>
        ) : null}
        {over === 'keys' ? (
          <StageZoom>
            <Late load={loadKeys} waiting={null}>
              {({ ShortcutsHelp }) => <ShortcutsHelp stage onClose={() => setOver(undefined)} />}
            </Late>
          </StageZoom>
        ) : null}
      </div>
    </dialog>
  )
}

function storyIn(record: RunRecord, half: RunRecord | undefined, whole: boolean) {
  if (!half || !whole) return storyOf([record])
  return storyOf(record.run.kind === 'registration' ? [record, half] : [half, record])
}

function lengthOf({ scenes, ending }: ReturnType<typeof storyOf>): number {
  return scenes.length + (ending ? 1 : 0)
}

/** The token of the story: the run's own, that of its sign-in, or what its user holds on this page. */
function tokenOf({ run, of }: RunRecord, half: RunRecord | undefined, { sessions }: State): string | undefined {
  const held = of.apiKey === undefined ? undefined : sessions[pairOf(of.apiKey, of.username)]?.answer.token
  return run.authenticated?.token || half?.run.authenticated?.token || held || undefined
}

/** What a phone in the room can be given: what the page has set, where its key is a test key, and the run's. */
function handedFrom({ of }: RunRecord, { apiKey, key, username, choices }: State): Handing | undefined {
  if (key.status !== 'ready' || of.apiKey !== apiKey || !canHandOn(key.tenant, apiKey)) return
  return { apiKey, tenantName: key.tenant.tenant.name, username, choices }
}

function environmentOf(token: string | undefined, { of, example }: RunRecord): 'test' | 'live' | undefined {
  if (example) return
  const said = apiKeyStart.exec(of.apiKey ?? '')?.[1] ?? (token && tokenParts(token).payload.environment)
  return said === 'test' || said === 'live' ? said : undefined
}

function besideName(token: string | undefined, [lent]: readonly DemoKey[], example: boolean): string {
  const { providerTenantName } = tokenParts(token ?? '').payload
  if (typeof providerTenantName === 'string') return providerTenantName
  return example ? 'Globex Pay' : (lent?.tenantName ?? 'another tenant')
}

async function otherExample(): Promise<string> {
  const { exampleTenants, exampleToken } = await import('./example-token.ts')
  const user = { id: 'usr_example', username: 'ada', displayName: 'ada' }
  return exampleToken(exampleTenants[1], { user, passkeyId: 'pk_example2' })
}

/** The whole screen, where the browser gives it. */
async function turnFull(element: HTMLElement | null): Promise<void> {
  try {
    if (document.fullscreenElement) await document.exitFullscreen()
    else await element?.requestFullscreen()
  } catch {
    // It stays as large as the window.
  }
}
