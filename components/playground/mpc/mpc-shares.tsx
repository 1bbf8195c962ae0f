import { useEffect, useRef } from 'react'
import { Button } from '../../ui/button.tsx'
import { MpcApproval } from './mpc-approval.tsx'
import { MpcFiles } from './mpc-files.tsx'
import { MpcRefusal } from './mpc-refusal.tsx'
import type { MpcState } from './mpc-work.ts'

interface Props {
  state: MpcState
  username: string
  onRefresh: () => void
  onLose: () => void
  onRecover: (files: readonly string[]) => void
  onCancel: () => void
  onToken: () => void
}

/** New shares of the same key; and the day on which the device is lost. */
export function MpcShares({ state, username, onRefresh, onLose, onRecover, onCancel, onToken }: Props) {
  const { share, files, busy, key, work, lost, approval } = state
  const region = useRef<HTMLElement>(null)
  const refresh = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (lost) region.current?.focus()
  }, [lost])
  const mine = work?.kind === 'refresh' || work?.kind === 'recover' ? work : undefined
  const others = key?.parties.filter((party) => party !== 'device' && party !== 'server') ?? []
  const needed = (key?.threshold ?? 2) - 1
  const known = files.map((file) => JSON.stringify(file)).slice(0, needed)
  function callOff() {
    onCancel()
    const next = refresh.current ?? region.current
    next?.focus()
  }
  const outcome = (
    <>
      {mine && approval ? (
        <MpcApproval state={state} approval={approval} username={username} onCancel={callOff} />
      ) : null}
      {mine?.refusal ? (
        <MpcRefusal
          refusal={mine.refusal}
          onToken={onToken}
          {...(mine.kind === 'refresh' ? { onAgain: onRefresh } : {})}
        />
      ) : null}
    </>
  )
  if (share.where !== 'nowhere')
    return (
      <div>
        <div className="flex flex-wrap gap-2">
          <Button ref={refresh} look="small" onClick={() => busy || onRefresh()}>
            Refresh shares
          </Button>
          <Button look="small" onClick={() => busy || onLose()}>
            Simulate a lost device
          </Button>
        </div>
        <p className="mt-1.5 text-[13px] text-soft">
          Both keep the public key. After a refresh no old share signs with a new one. Delete the old recovery file:
          enough old shares together would still be the key.
        </p>
        {outcome}
      </div>
    )
  if (others.length < needed)
    return <p className="text-[13px] text-soft">Without a recovery share nobody brings this key back.</p>
  return (
    <section ref={region} tabIndex={-1} aria-label="Lost device" className="outline-none">
      <p className="font-semibold">{lost ? 'The device’s share is gone' : 'This browser holds no share of the key'}</p>
      <p className="mt-0.5 text-[13px] text-soft">
        The server and {needed === 1 ? 'your recovery share' : `two of ${others.join(', ')}`} make a new one. Afterwards
        whoever finds the old device cannot sign with the server.
      </p>
      <div className="mt-2 space-y-2.5">
        {known.length === needed ? (
          <Button look="primary" onClick={() => busy || onRecover(known)}>
            Recover
          </Button>
        ) : null}
        <MpcFiles
          label={needed === 1 ? 'Recovery file' : 'Two files'}
          count={needed}
          onFiles={(texts) => busy || onRecover(texts)}
        />
      </div>
      {outcome}
    </section>
  )
}
