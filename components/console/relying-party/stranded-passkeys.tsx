'use client'

import type { ConsoleClient } from '#lib/sdk/console.ts'
import { Confirm } from '../confirm.tsx'

interface Props {
  open: boolean
  onClose: () => void
  from: string
  to: string
  passkeys: number
  onConfirm: (api: ConsoleClient) => Promise<void>
}

/** Asks, by having the new RP ID typed, before passkeys are left behind. */
export function StrandedPasskeys({ open, onClose, from, to, passkeys, onConfirm }: Props) {
  const one = passkeys === 1
  const count = one ? 'one passkey' : `${passkeys.toLocaleString('en')} passkeys`
  return (
    <Confirm
      open={open}
      onClose={onClose}
      fresh
      title={`Leave ${count} behind`}
      action="Change the RP ID"
      onConfirm={onConfirm}
      typed={{ label: 'Type the new RP ID', text: to }}
    >
      <p>
        {one ? 'One passkey was' : `${passkeys.toLocaleString('en')} passkeys were`} made for{' '}
        <code className="font-mono">{from}</code>. Browsers never offer {one ? 'it' : 'them'} for{' '}
        <code className="font-mono">{to}</code>: {one ? 'its user' : 'their users'} cannot sign in until{' '}
        {one ? 'a new one is registered' : 'they register new ones'}.
      </p>
      <p className="text-soft">
        Nothing is deleted: going back to <code className="font-mono">{from}</code> makes {one ? 'it' : 'them'} work
        again. If you only want to use them on another domain too, add an origin instead.
      </p>
    </Confirm>
  )
}
