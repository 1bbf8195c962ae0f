'use client'

import { useState } from 'react'
import type { TenantAnswer } from '#lib/contract/tenant.ts'
import type { Check } from '#lib/webauthn/checks/check.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import type { DemoKey } from '../setup/demo-key.ts'
import type { Session } from '../state.ts'
import { MpcBreak } from './mpc-break.tsx'
import { MpcEmpty } from './mpc-empty.tsx'
import { MpcKeyRegion } from './mpc-key.tsx'
import { MpcMessage } from './mpc-message.tsx'
import { MpcParties } from './mpc-parties.tsx'
import { MpcRounds } from './mpc-rounds.tsx'
import { MpcShares } from './mpc-shares.tsx'
import { MpcSignature } from './mpc-signature.tsx'
import { MpcUsage } from './mpc-usage.tsx'
import { MpcVerify } from './mpc-verify.tsx'
import { MpcWho } from './mpc-who.tsx'
import { useMpc } from './use-mpc.ts'

interface Props {
  apiKey: string
  tenant: TenantAnswer
  session: Session
  demoKeys: readonly DemoKey[]
  onApproval: (checks: readonly Check[]) => void
}

/** Who holds what and every message between them at the left; at the right, in the order of use, what is done with it. */
export function MpcView({ apiKey, tenant, session, demoKeys, onApproval }: Props) {
  const mpc = useMpc({ apiKey, tenant, session, demoKeys, onApproval })
  const { state } = mpc
  const [message, write] = useState('Pay 12.50 USDC to Globex')
  const { username } = session.answer.user
  const { key, work } = state
  if (state.away && !work)
    return (
      <>
        <Notice tone="warn" title="The MPC server does not answer">
          {state.away.detail} <span className="font-mono">{state.away.reason}</span>
        </Notice>
        <Button look="small" className="mt-3" onClick={() => mpc.read()}>
          Ask it again
        </Button>
      </>
    )
  if (!key)
    return (
      <MpcEmpty
        username={username}
        waiting={!state.keys}
        keys={state.keys ?? []}
        work={work}
        busy={state.busy}
        onChoose={mpc.read}
        onGenerate={mpc.generate}
      />
    )
  return (
    <div className="-m-4 sm:-m-5">
      <div className="grid grid-cols-1 xl:grid-cols-[minmax(0,1fr)_340px]">
        <div className="min-w-0 border-line p-4 max-xl:order-2 max-xl:border-t sm:p-5 xl:border-r">
          <MpcParties held={state.held} keyOf={key} keptHow={state.keptHow} work={work} />
          {work ? <MpcRounds work={work} username={username} /> : null}
          <MpcWho keyOf={key} held={state.held} />
          <MpcBreak
            work={work}
            busy={state.busy || !state.held}
            demoKeys={demoKeys}
            tenantId={tenant.tenant.id}
            onAttack={(name) => mpc.attack(name, message)}
          />
        </div>
        <div className="min-w-0 divide-y divide-line p-4 sm:p-5 [&>*]:py-4 [&>*:first-child]:pt-0">
          <MpcKeyRegion keyOf={key} recovery={state.recovery} onNew={mpc.startOver} />
          <MpcMessage
            message={message}
            username={username}
            state={state}
            onWrite={write}
            onSign={() => mpc.sign(message)}
            onCancel={mpc.cancel}
          />
          <MpcSignature work={work} signature={state.signature} />
          <MpcShares state={state} onRefresh={mpc.refresh} onLose={mpc.lose} onRecover={mpc.recover} />
          <MpcUsage client={mpc.client} tenant={tenant} work={work} />
        </div>
      </div>
      {state.signature ? (
        <div className="border-line border-t p-4 sm:p-5">
          <MpcVerify keyOf={key} signature={state.signature} />
        </div>
      ) : null}
    </div>
  )
}
