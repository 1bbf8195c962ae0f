'use client'

import { type RefObject, useEffect, useSyncExternalStore } from 'react'
import { software } from './software.ts'
import { SoftwareChooser } from './software-chooser.tsx'
import { SoftwarePanel } from './software-panel.tsx'
import { SoftwareStripe } from './software-stripe.tsx'

export { software } from './software.ts'

interface Props {
  /** The panel is on show. */
  open: boolean
  onOpen: () => void
  onClose: () => void
  /** The names of those that answer; undefined while the browser does. */
  onNames: (names: readonly string[] | undefined) => void
  /** Where they are switched on, and the field that they fill in: the focus goes there from what is gone. */
  opener: RefObject<HTMLElement | null>
  username: RefObject<HTMLElement | null>
}

/** All of the page's software authenticators: the stripe while they answer, the panel, and what they ask. */
export function SoftwarePlace({ open, onOpen, onClose, onNames, opener, username }: Props) {
  const state = useSyncExternalStore(software.subscribe, software.state, software.state)
  useEffect(() => {
    void software.restore()
  }, [])
  const names = state.on ? JSON.stringify(state.authenticators.map(({ settings }) => settings.name)) : undefined
  useEffect(() => onNames(names === undefined ? undefined : JSON.parse(names)), [names, onNames])
  return (
    <>
      {state.on ? <SoftwareStripe state={state} onOpen={onOpen} opener={opener} username={username} /> : null}
      {open ? <SoftwarePanel state={state} onClose={onClose} /> : null}
      {state.choosing ? <SoftwareChooser question={state.choosing} /> : null}
    </>
  )
}
