import type { Ref } from 'react'
import type { usePlayground } from '../use-playground.ts'
import type { DemoKey } from './demo-key.ts'
import { lackingScopes, scopeOf } from './lacking-scopes.ts'
import { StartButtons } from './start-buttons.tsx'
import { waitOf } from './wait.ts'

interface StartProps {
  playground: ReturnType<typeof usePlayground>
  demoKeys: readonly DemoKey[]
  /** The result leads on by a button of its own, which is then the page's one next action. */
  led: boolean
  registerRef: Ref<HTMLButtonElement>
  /** Only the two that need a username. */
  brief?: boolean
}

/** The ways to begin as they stand now: the one that comes next is the page's one next action. */
export function Start({ playground, demoKeys, led, registerRef, brief = false }: StartProps) {
  const { state, start, standing } = playground
  const { key } = state
  const next = standing.hasPasskey ? 'authenticate' : 'register'
  const lacking = lackingScopes(key)
  // Before there is a key that works, the one next action is to borrow one; what a key may not do, it invites nobody to.
  const able = (key.status === 'ready' || !demoKeys.length) && !lacking.includes(scopeOf[next])
  return (
    <StartButtons
      registerRef={registerRef}
      next={!led && able ? next : undefined}
      lacking={lacking}
      wait={waitOf(state)}
      brief={brief}
      onStart={start}
    />
  )
}
