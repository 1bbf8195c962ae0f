'use client'

import { useState } from 'react'
import type { Check } from '#lib/webauthn/checks/check.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Late } from '../../ui/late.tsx'
import type { DemoKey } from '../setup/demo-key.ts'
import type { Standing } from '../standing.ts'
import type { KeyCheck } from '../state.ts'

const loadView = () => import('./mpc-view.tsx')

interface Props {
  /** The tab is on show. Until it was once, nothing of it is loaded. */
  selected: boolean
  keyCheck: KeyCheck
  apiKey: string
  standing: Standing
  demoKeys: readonly DemoKey[]
  onAuthenticate: () => void
  /** Told the checks of each approval that a passkey gave here. */
  onApproval: (checks: readonly Check[]) => void
}

/** The tab: keys that nobody holds whole, or the token that is missing for them. */
export function MpcTab({ selected, keyCheck, apiKey, standing, demoKeys, onAuthenticate, onApproval }: Props) {
  const { session, token } = standing
  const [opened, open] = useState(false)
  if (selected && !opened) open(true)
  if (!opened) return null
  if (keyCheck.status !== 'ready' || !session || token !== 'good')
    return (
      <Empty
        title={session ? 'The token is over' : 'First a token'}
        action={
          <Button look="small" onClick={onAuthenticate}>
            Get a token
          </Button>
        }
      >
        The MPC server takes no call without one. Register a passkey and authenticate with it: the token that you get
        says which user of which tenant asks.
      </Empty>
    )
  return (
    <Late load={loadView}>
      {({ MpcView }) => (
        <MpcView
          key={`${apiKey} ${session.answer.user.id}`}
          apiKey={apiKey}
          tenant={keyCheck.tenant}
          session={session}
          demoKeys={demoKeys}
          onApproval={onApproval}
          onToken={onAuthenticate}
        />
      )}
    </Late>
  )
}
