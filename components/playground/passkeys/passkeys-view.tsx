'use client'

import { useContext, useRef, useState } from 'react'
import type { Passkey } from '#lib/contract/passkeys.ts'
import { Empty } from '../../ui/empty.tsx'
import { ChecksFailure } from '../checks/checks-failure.tsx'
import { Helping } from '../failure/failure-help.tsx'
import type { Failure } from '../run.ts'
import { PasskeysItem } from './passkeys-item.tsx'

interface Props {
  passkeys: Passkey[] | undefined
  state: 'signed-out' | 'loading' | 'ready' | 'error'
  failure?: Failure | undefined
  onReload: () => void
  onRename: (id: string, name: string) => Promise<void>
  onDelete: (id: string) => Promise<void>
}

/** The signed-in user's own passkeys, as the server keeps them. */
export function PasskeysView({ onDelete, ...props }: Props) {
  const view = useRef<HTMLDivElement>(null)
  const [said, say] = useState('')

  /** The button that had the focus goes with its passkey, so the view takes it. */
  async function remove(id: string) {
    await onDelete(id)
    say('Passkey deleted')
    view.current?.focus()
  }

  return (
    <div ref={view} tabIndex={-1} className="@container outline-none">
      <span aria-live="polite" className="sr-only">
        {said}
      </span>
      <Passkeys {...props} onDelete={remove} />
    </div>
  )
}

function Passkeys({ passkeys, state, failure, onReload, onRename, onDelete }: Props) {
  const offerOf = useContext(Helping)
  if (state === 'signed-out')
    return (
      <Empty title="Sign in to see your passkeys">
        The list belongs to the user, so it is read with the user’s own token. Press Authenticate to get one.
      </Empty>
    )
  if (state === 'error' && failure) {
    return (
      <Helping value={(help) => (help.do === 'again' ? { label: 'Read again', act: onReload } : offerOf(help))}>
        <ChecksFailure failure={failure} />
      </Helping>
    )
  }
  if (!passkeys) return <Loading />
  if (passkeys.length === 0)
    return (
      <Empty title="No passkey on the server">
        Press Register to make one. An authenticator may still offer an old one, but the server no longer knows it.
      </Empty>
    )
  return (
    <div aria-busy={state === 'loading'}>
      <p className="mb-3 text-[13px] text-soft">
        What the server keeps of each passkey: a public key and these facts. The private keys stay with the
        authenticators.
      </p>
      <ul aria-label="Passkeys" className="space-y-3">
        {passkeys.map((passkey) => (
          <PasskeysItem key={passkey.id} passkey={passkey} onRename={onRename} onDelete={onDelete} />
        ))}
      </ul>
    </div>
  )
}

function Loading() {
  return (
    <div className="space-y-3" aria-busy="true">
      <p className="sr-only">Reading the passkeys</p>
      <div aria-hidden="true" className="h-32 animate-pulse rounded-xl bg-sunk" />
    </div>
  )
}
