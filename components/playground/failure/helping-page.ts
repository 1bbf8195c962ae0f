import { createContext, type Dispatch } from 'react'
import type { Action } from '../reduce.ts'
import type { Start } from '../run.ts'
import type { DemoKey } from '../setup/demo-key.ts'
import type { State } from '../state.ts'

/** What of the page helps after a failure. */
export interface HelpingPage {
  state: State
  dispatch: Dispatch<Action>
  demoKeys: readonly DemoKey[]
  start: (what: Start, choices?: State['choices']) => void
  enterKey: (apiKey: string) => void
  /** Brings the focus to the button that comes next. */
  toRegister: () => void
  /** Opens what this browser can do. */
  showBrowser: () => void
  /** Lets an authenticator in software answer. */
  useSoftware: () => void
}

/** A help as the page can give it: the button's words, and what a press does or where the link leads. */
export type Offer = { label: string; act: () => void } | { label: string; url: string }

/** The page around a failure; undefined where nothing can be done about it from here. What it does comes with the failure. */
export const Helping = createContext<HelpingPage | undefined>(undefined)
