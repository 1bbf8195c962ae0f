'use client'

import { useEffect, useRef, useState } from 'react'
import type { TenantAnswer } from '#lib/contract/tenant.ts'
import type { Check } from '#lib/webauthn/checks/check.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import type { DemoKey } from '../setup/demo-key.ts'
import type { Session } from '../state.ts'
import { MpcBreak } from './mpc-break.tsx'
import { MpcDeviceShare } from './mpc-device-share.tsx'
import { MpcEmpty } from './mpc-empty.tsx'
import { MpcKeyRegion } from './mpc-key.tsx'
import { MpcMessage } from './mpc-message.tsx'
import { MpcParties } from './mpc-parties.tsx'
import { MpcRounds } from './mpc-rounds.tsx'
import { MpcShares } from './mpc-shares.tsx'
import { MpcSignature } from './mpc-signature.tsx'
import { MpcTakeAlong } from './mpc-take-along.tsx'
import { MpcTime } from './mpc-time.tsx'
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
  /** The token is no good any more: another is wanted. */
  onToken: () => void
}

/** Who holds what and every message between them at the left; at the right, in the order of use, what is done with it. */
export function MpcView({ apiKey, tenant, session, demoKeys, onApproval, onToken }: Props) {
  const mpc = useMpc({ apiKey, tenant, session, demoKeys, onApproval })
  const { state } = mpc
  const [message, write] = useState('Pay 12.50 USDC to Globex')
  const [wanted, want] = useState(false)
  const [kept, keep] = useState<string>()
  const { username } = session.answer.user
  const { passkey } = session.answer
  const { key, work, share, passkeys, busy } = state
  const made = useRef<HTMLDivElement>(null)
  const finished = work?.kind === 'generate' && work.took !== undefined && key ? key.id : undefined
  useEffect(() => {
    if (!finished) return
    made.current?.focus({ preventScroll: true })
    if (!matchMedia('(min-width: 64rem)').matches) made.current?.scrollIntoView({ block: 'start' })
  }, [finished])

  if (state.away && !work)
    return (
      <>
        <Notice tone="warn" title="The MPC server does not answer">
          {state.away.detail} Keys and shares are where they were.{' '}
          <span className="font-mono">{state.away.reason}</span>
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
        busy={busy}
        wanted={wanted}
        onChoose={mpc.read}
        onGenerate={mpc.generate}
        onCancel={mpc.cancel}
        onToken={onToken}
      />
    )
  const other = share.where === 'passkey' && share.credentialId !== passkey.credentialId ? share : undefined
  const sealedBy = other && (passkeys[other.credentialId] ?? 'another passkey')
  const held = share.where !== 'nowhere'
  const sign = (using: readonly string[] = []) => mpc.sign(message, using)
  return (
    <div ref={made} tabIndex={-1} className="-m-4 outline-none sm:-m-5">
      <div className="grid grid-cols-1 xl:grid-cols-[minmax(0,1fr)_340px]">
        <div className="min-w-0 border-line p-4 max-xl:order-2 max-xl:border-t sm:p-5 xl:border-r">
          <MpcParties keyOf={key} share={share} sealedBy={sealedBy} lost={state.lost} work={work} />
          {work ? <MpcRounds work={work} username={username} /> : null}
          <MpcWho keyOf={key} held={held} />
          {work?.took !== undefined && !work.refusal ? <MpcTime work={work} /> : null}
          <MpcBreak
            work={work}
            busy={busy || !held}
            demoKeys={demoKeys}
            tenant={tenant}
            onAttack={(name) => mpc.attack(name, message)}
          />
        </div>
        <div className="min-w-0 divide-y divide-line p-4 sm:p-5 [&>*]:py-4 [&>*:first-child]:pt-0 [&>*:last-child]:pb-0">
          <MpcKeyRegion
            keyOf={key}
            files={state.files}
            onKept={() => keep(state.files[0]?.share)}
            onNew={() => {
              want(true)
              mpc.startOver()
            }}
          />
          <MpcDeviceShare
            key={share.where}
            share={share}
            sealedBy={sealedBy}
            gone={other !== undefined && passkeys[other.credentialId] === undefined}
            ownName={passkey.name}
            busy={busy}
            onKeep={(passphrase) => mpc.withShare((store, of) => store.keep(of, passphrase))}
            onOpen={(passphrase) => mpc.withShare((store, of) => store.open(of, passphrase))}
            onReseal={() => mpc.withShare((store, of) => store.reseal(of))}
          />
          <MpcMessage
            message={message}
            username={username}
            state={state}
            next={kept === state.files[0]?.share || state.signature !== undefined}
            onWrite={write}
            onSign={sign}
            onCancel={mpc.cancel}
          />
          <MpcSignature state={state} onAgain={sign} onToken={onToken} />
          <MpcShares
            state={state}
            username={username}
            onRefresh={() => mpc.refresh()}
            onLose={mpc.lose}
            onRecover={mpc.recover}
            onCancel={mpc.cancel}
            onToken={onToken}
          />
          <MpcUsage client={mpc.client} tenant={tenant} work={work} />
        </div>
      </div>
      {state.signature ? (
        <div className="space-y-6 border-line border-t p-4 sm:p-5">
          <MpcTakeAlong baseUrl={location.origin} token={session.answer.token} />
          <MpcVerify keyOf={key} signature={state.signature} />
        </div>
      ) : null}
    </div>
  )
}
