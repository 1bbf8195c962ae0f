import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Late } from '../../ui/late.tsx'
import type { Handing } from './hand-off-dialog.tsx'

const loadDialog = () => import('./hand-off-dialog.tsx')

/** The way to a QR code by which phones in the room get what this page has set, and a test key of their own. */
export function HandOffButton(handing: Handing) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button look="small" onClick={() => setOpen(true)}>
        QR for the room
      </Button>
      {open ? (
        <Late load={loadDialog} waiting={null}>
          {({ HandOffDialog }) => <HandOffDialog {...handing} onClose={() => setOpen(false)} />}
        </Late>
      ) : null}
    </>
  )
}
