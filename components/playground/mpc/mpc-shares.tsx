import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import type { MpcState } from './mpc-work.ts'

interface Props {
  state: MpcState
  onRefresh: () => void
  onLose: () => void
  onRecover: (file: string) => void
}

/** New shares of the same key; and the day on which the device is lost. */
export function MpcShares({ state: { held, recovery, busy, key }, onRefresh, onLose, onRecover }: Props) {
  const [unread, say] = useState('')
  if (held)
    return (
      <div>
        <div className="flex flex-wrap gap-2">
          <Button look="small" onClick={() => busy || onRefresh()}>
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
      </div>
    )
  if (!key?.parties.includes('recovery'))
    return <p className="text-[13px] text-soft">Without a recovery share nobody brings this key back.</p>
  return (
    <section aria-label="Lost device">
      <p className="font-semibold">The device’s share is gone</p>
      <p className="mt-0.5 text-[13px] text-soft">
        The server and your recovery share make a new one. Afterwards whoever finds the old device cannot sign with the
        server.
      </p>
      <div className="mt-2 flex flex-wrap items-center gap-2">
        {recovery ? (
          <Button look="primary" onClick={() => busy || onRecover(JSON.stringify(recovery))}>
            Recover
          </Button>
        ) : null}
        <label className="text-[13px]">
          <span className="mb-1 block font-semibold">Recovery file</span>
          <input
            type="file"
            accept="application/json,.json"
            className="max-w-full text-[13px]"
            onChange={async (event) => {
              const [file] = event.target.files ?? []
              if (!file) return
              if (file.size > 64 * 1024) return say('This file is too large to be a recovery file.')
              say('')
              onRecover(await file.text())
            }}
          />
        </label>
      </div>
      {unread ? (
        <p role="alert" className="mt-1.5 text-[13px] text-bad">
          {unread}
        </p>
      ) : null}
    </section>
  )
}
