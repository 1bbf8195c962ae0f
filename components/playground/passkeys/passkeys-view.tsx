'use client'

import { type ComponentProps, useRef, useState } from 'react'
import type { Passkey } from '#lib/contract/passkeys.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { ChecksFailure } from '../checks/checks-failure.tsx'
import { OwnHelping } from '../failure/failure-help.tsx'
import type { Failure } from '../run.ts'
import { SignalsCard } from '../signals/signals-card.tsx'
import { type Holder, holderOf, signalsForDeletion, signalsForNames } from '../signals/signals-for.ts'
import type { RunRecord } from '../state.ts'
import { PasskeysItem } from './passkeys-item.tsx'

interface Props {
  passkeys: Passkey[] | undefined
  state: 'signed-out' | 'loading' | 'ready' | 'error'
  failure?: Failure | undefined
  runs: readonly RunRecord[]
  rpId: string
  /** Makes one more beside the sign-in that just was, without a dialogue; undefined where nobody is signed in. */
  onAdd: (() => void) | undefined
  onReload: () => void
  onRename: (id: string, name: string) => Promise<void>
  /** Those that are left, where that is all of them. */
  onDelete: (id: string) => Promise<readonly Passkey[] | undefined>
}

/** The signed-in user's own passkeys, as the server keeps them. */
export function PasskeysView({ onDelete, onRename, runs, rpId, onAdd, ...props }: Props) {
  const view = useRef<HTMLDivElement>(null)
  const [said, say] = useState('')
  const [signals, setSignals] = useState<{ of: string; card: ComponentProps<typeof SignalsCard> }>()
  const { passkeys = [] } = props

  /** The button that had the focus goes with its passkey, so the view takes it. */
  async function remove(id: string) {
    const gone = passkeys.find((passkey) => passkey.id === id)
    const left = await onDelete(id)
    if (gone) {
      const card = deleted(gone, left, holderOf(runs, gone.credentialId), rpId)
      setSignals({ of: id, card })
    }
    say('Passkey deleted')
    view.current?.focus()
  }

  async function rename(id: string, name: string) {
    await onRename(id, name)
    const { credentialId = '' } = passkeys.find((passkey) => passkey.id === id) ?? {}
    setSignals({ of: `${id} ${name}`, card: renamed(name, holderOf(runs, credentialId)) })
  }

  return (
    <div ref={view} tabIndex={-1} className="@container outline-none">
      <span aria-live="polite" className="sr-only">
        {said}
      </span>
      {signals ? <SignalsCard key={signals.of} {...signals.card} /> : null}
      <Passkeys {...props} onDelete={remove} onRename={rename} />
      {onAdd && passkeys.length ? <ConditionalCreate onAdd={onAdd} /> : null}
    </div>
  )
}

function ConditionalCreate({ onAdd }: { onAdd: () => void }) {
  return (
    <div className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2 border-line border-t pt-4">
      <p className="min-w-0 flex-1 basis-72 text-[13px] text-soft">
        <span className="font-semibold text-ink">Conditional create.</span> Beside a sign-in that just was, a browser
        may make a passkey without asking: as when its password manager filled in the password. Where it does not, the
        run says why.
      </p>
      <Button look="small" onClick={onAdd}>
        Add a passkey without a dialogue
      </Button>
    </div>
  )
}

function deleted(gone: Passkey, left: readonly Passkey[] | undefined, holder: Holder | undefined, rpId: string) {
  const note =
    'It goes on offering the passkey until it is told. The server cannot do that: a page does, through the browser.'
  return {
    title: `Tell ${gone.provider ?? 'the provider'} that “${gone.name}” is deleted`,
    note: holder
      ? note
      : `${note} No ceremony of this page used it, so its user handle is not known here, and the list of all that are left is not told.`,
    label: 'Signal the deletion',
    signals: signalsForDeletion(gone, left, holder, rpId),
  }
}

function renamed(name: string, holder: Holder | undefined) {
  return {
    title: `“${name}” is the server’s name alone`,
    note: `Nothing has changed for the provider: it knows no name of a passkey, only the user’s. ${holder?.user ? 'Those can be told anew, as after a person changed theirs.' : 'No ceremony of this page used this passkey, so its user handle is not known here.'}`,
    label: 'Signal the user’s names',
    signals: holder ? signalsForNames(holder) : [],
  }
}

type ListProps = Pick<Props, 'passkeys' | 'state' | 'failure' | 'onReload' | 'onRename'> & {
  onDelete: (id: string) => Promise<void>
}

function Passkeys({ passkeys, state, failure, onReload, onRename, onDelete }: ListProps) {
  if (state === 'signed-out')
    return (
      <Empty title="Sign in to see your passkeys">
        The list belongs to the user, so it is read with the user’s own token. Press Authenticate to get one.
      </Empty>
    )
  if (state === 'error' && failure) {
    return (
      <OwnHelping value={(help) => (help.do === 'again' ? { label: 'Read again', act: onReload } : undefined)}>
        <ChecksFailure failure={failure} />
      </OwnHelping>
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
