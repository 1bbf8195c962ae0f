'use client'

import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import type { PaymentMethodView, TopUpView } from '#lib/contract/account.ts'
import type { ConsoleFund } from '#lib/contract/console-account.ts'
import type { Environment } from '#lib/contract/environment.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Select } from '../../ui/select.tsx'
import { busyWords } from '../busy-words.ts'
import { ChangeError } from '../change-error.tsx'
import { fieldErrors } from '../field-errors.ts'
import { focusMistake } from '../focus-mistake.ts'
import { useOnce } from '../keys/use-once.ts'
import { centsOf, dollars } from '../money.ts'
import { useChange } from '../use-change.ts'

interface Props {
  open: boolean
  onClose: () => void
  environment: Environment
  methods: readonly PaymentMethodView[]
  onChanged: () => Promise<void>
}

/** Asks a payment method for money, once, and says what became of it. */
export function AddFunds({ open, onClose, environment, methods, onChanged }: Props) {
  const change = useChange()
  const once = useOnce<ConsoleFund>()
  const form = useId()
  const place = useRef<HTMLFormElement>(null)
  const done = useRef<HTMLButtonElement>(null)
  const [text, setText] = useState('')
  const [chosen, choose] = useState('')
  const [mistake, setMistake] = useState<string>()
  const [outcome, setOutcome] = useState<TopUpView>()
  const [asked, setAsked] = useState(0)
  const refused = fieldErrors(change.error, ['amount'])
  const paymentMethodId = methods.some(({ id }) => id === chosen) ? chosen : (methods[0]?.id ?? '')

  // The form is gone, and what had the focus in it.
  useEffect(() => {
    if (outcome) done.current?.focus()
  }, [outcome])

  function close() {
    if (change.confirming) return change.cancel()
    if (change.busy) return
    change.clear()
    setOutcome(undefined)
    setMistake(undefined)
    onClose()
  }

  function again() {
    setOutcome(undefined)
    setTimeout(() => place.current?.querySelector('input')?.focus())
  }

  function toMethods() {
    onClose()
    // The dialogue gives the focus back first.
    setTimeout(() => document.getElementById('method-label')?.focus())
  }

  async function add(event: FormEvent) {
    event.preventDefault()
    const amount = centsOf(text)
    if (!amount || amount < 100 || amount > 1_000_000) {
      setMistake('From $1.00 to $10,000.00 can be added at once.')
      return focusMistake(place.current)
    }
    const { request, idempotencyKey } = once([environment, amount, paymentMethodId, asked], () => ({
      environment,
      amount,
      paymentMethodId,
    }))
    const topUp = await change.run(
      (api) => api.account.fund(request, idempotencyKey),
      environment === 'live' && 'fresh',
    )
    if (!topUp) return focusMistake(place.current)
    setAsked(asked + 1)
    if (topUp.status !== 'declined') setText('')
    setOutcome(topUp)
    await onChanged()
  }

  const ready = !outcome && paymentMethodId !== ''
  return (
    <Dialog
      open={open}
      onClose={close}
      title={environment === 'live' ? 'Add live funds' : 'Add test funds'}
      actions={
        ready ? (
          <>
            <Button look="secondary" onClick={close}>
              Cancel
            </Button>
            <Button type="submit" form={form} aria-disabled={change.busy}>
              {busyWords(change, environment === 'live' ? 'Ask for funds' : 'Add test funds', 'Asking')}
            </Button>
          </>
        ) : outcome ? (
          <>
            {outcome.status === 'declined' ? (
              <Button look="secondary" onClick={again}>
                Try again
              </Button>
            ) : null}
            <Button ref={done} onClick={close}>
              Done
            </Button>
          </>
        ) : (
          <>
            <Button look="secondary" onClick={close}>
              Cancel
            </Button>
            <Button onClick={toMethods}>Add a payment method</Button>
          </>
        )
      }
    >
      <div role="status">{outcome ? <Outcome of={outcome} environment={environment} /> : null}</div>
      {ready ? (
        <form ref={place} id={form} noValidate onSubmit={add} className="space-y-4">
          <TextField
            id="fund-amount"
            label="Amount"
            hint="USD"
            inputMode="decimal"
            autoComplete="off"
            placeholder="25.00"
            value={text}
            error={mistake ?? refused.of('amount', 'The amount')}
            onChange={(event) => {
              setText(event.target.value)
              setMistake(undefined)
              change.clear()
            }}
          />
          <Select
            id="fund-method"
            label="Payment method"
            value={paymentMethodId}
            choices={methods.map(({ id, label }) => ({ value: id, label }))}
            onChoose={choose}
          />
          {environment === 'live' ? (
            <Notice title="It is pending until the operator has your payment">
              Nothing is charged here: the operator of this server collects the money by the method that you name, then
              confirms the top-up. Your browser will ask for your passkey.
            </Notice>
          ) : (
            <Notice tone="warn" title="No money is real here">
              The sandbox’s cards behave as they are called, as they do for POST /v1/account/funds with a test key.
            </Notice>
          )}
          <ChangeError error={refused.rest} />
        </form>
      ) : outcome ? null : (
        <p className="text-[14px]">
          There is no payment method yet. Add the first on this page, such as “Invoice, net 30”, then add funds.
        </p>
      )}
    </Dialog>
  )
}

function Outcome({ of: { status, amount, id }, environment }: { of: TopUpView; environment: Environment }) {
  const sum = dollars(amount)
  const words = {
    succeeded: [
      `${sum} are in the balance`,
      'The ledger has the movement, and account.funded was told to webhooks that listen.',
    ],
    pending: [
      `${sum} are on their way`,
      environment === 'live'
        ? 'They are in the balance once the operator confirms the top-up. Until then it stands on this page.'
        : 'The sandbox accepts them in a minute. Until then the top-up stands on this page.',
    ],
    declined: ['The card was declined', 'Nothing was charged, and the balance is as it was.'],
  }[status]
  return (
    <div className="text-[14px]">
      <p className={`font-semibold ${{ succeeded: 'text-ok', pending: 'text-warn', declined: 'text-bad' }[status]}`}>
        {words[0]}
      </p>
      <p className="mt-0.5 text-soft">{words[1]}</p>
      <p className="mt-1.5 text-faint">
        Top-up <code className="font-mono text-[13px]">{id}</code>
      </p>
    </div>
  )
}
