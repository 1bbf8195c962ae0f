'use client'

import { createContext, useContext } from 'react'
import { Button } from '../../ui/button.tsx'

/** Opens the panel of what this browser can do. */
export const ShowBrowser = createContext<() => void>(() => undefined)

/** The way to what this browser can do with passkeys. */
export function BrowserButton() {
  return (
    <Button look="quiet" onClick={useContext(ShowBrowser)}>
      This browser
    </Button>
  )
}
