'use client'

import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { AccountView } from '#lib/contract/account.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { busyWords } from '../busy-words.ts'
import { Card } from '../card.tsx'
import { ChangeError } from '../change-error.tsx'
import { centsOf, dollars } from '../money.ts'
import { PasskeyNote } from '../passkey-note.tsx'
import { useChange } from '../use-change.ts'

interface Props {
  of: AccountView
  onChanged: () => Promise<void>
}

/** Below which balance webhooks are told. */
export function BalanceAlert({ of: { balanceAlert, environment }, onChanged }: Props) {
  const change = useChange()
  const amount = balanceAlert?.amount
  const [text, setText] = useState('')
  const [mistake, setMistake] = useState<string>()
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => setText(amount === undefined ? '' : (amount / 100).toFixed(2)), [amount])

  async function set(next: number | null) {
    const body = { environment, balanceAlert: next === null ? null : { amount: next } }
    if (!(await change.run((api) => api.account.update(body), environment === 'live' && 'fresh'))) return
    await onChanged()
    // Its button is gone.
    if (next === null) field.current?.focus()
  }

  function save(event: FormEvent) {
    event.preventDefault()
    const next = centsOf(text)
    if (next && next <= 100_000_000) return void set(next)
    setMistake('Write an amount of dollars, such as 20 or 19.50.')
    field.current?.focus()
  }

  return (
    <Card
      title="Balance alert"
      note={
        <>
          Webhooks that listen to <code className="font-mono text-[13px]">account.balance_low</code> are told once when
          the balance, with what is reserved, falls below this, and again only after it was back.
        </>
      }
    >
      <form noValidate onSubmit={save} className="space-y-2.5">
        <TextField
          ref={field}
          id="balance-alert"
          label="Alert below"
          hint="USD"
          inputMode="decimal"
          autoComplete="off"
          placeholder="20.00"
          value={text}
          error={mistake}
          onChange={(event) => {
            setText(event.target.value)
            setMistake(undefined)
            change.clear()
          }}
        />
        <div className="flex flex-wrap gap-2.5">
          <Button type="submit" look="secondary" aria-disabled={change.busy}>
            {busyWords(change, 'Save alert', 'Saving')}
          </Button>
          {change.confirming ? (
            <Button look="quiet" onClick={change.cancel}>
              Cancel
            </Button>
          ) : balanceAlert ? (
            <Button look="secondary" aria-disabled={change.busy} onClick={() => void set(null)}>
              Remove alert
            </Button>
          ) : null}
        </div>
        <p role="status" className="text-[13px] text-soft">
          {balanceAlert ? `Set to ${dollars(balanceAlert.amount)}.` : 'No alert is set.'}
        </p>
        <PasskeyNote environment={environment} what="account" />
        <ChangeError error={change.error} />
      </form>
    </Card>
  )
}
