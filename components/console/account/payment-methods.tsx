'use client'

import { type FormEvent, useRef, useState } from 'react'
import type { PaymentMethodView } from '#lib/contract/account.ts'
import type { Environment } from '#lib/contract/environment.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Time } from '../../ui/time.tsx'
import { busyWords } from '../busy-words.ts'
import { Card } from '../card.tsx'
import { ChangeError } from '../change-error.tsx'
import { Confirm } from '../confirm.tsx'
import { fieldErrors } from '../field-errors.ts'
import { focusMistake } from '../focus-mistake.ts'
import { useOnce } from '../keys/use-once.ts'
import { PasskeyNote } from '../passkey-note.tsx'
import { Row, Rows } from '../row.tsx'
import { useChange } from '../use-change.ts'

interface Props {
  of: readonly PaymentMethodView[]
  environment: Environment
  onChanged: () => Promise<void>
}

/** How the tenant pays: listed, added and removed. */
export function PaymentMethods({ of, environment, onChanged }: Props) {
  const change = useChange()
  const once = useOnce<{ label: string; environment: Environment }>()
  const [label, setLabel] = useState('')
  const [made, setMade] = useState(0)
  const [mistake, setMistake] = useState<string>()
  const [leaving, leave] = useState<PaymentMethodView>()
  const fresh = environment === 'live' && 'fresh'
  const form = useRef<HTMLFormElement>(null)
  const refused = fieldErrors(change.error, ['label'])

  async function add(event: FormEvent) {
    event.preventDefault()
    if (label.trim() === '') {
      setMistake('Say how you pay: “Invoice, net 30”.')
      return focusMistake(form.current)
    }
    const { request, idempotencyKey } = once([label, environment, made], () => ({ label, environment }))
    const added = await change.run((api) => api.account.addMethod(request, idempotencyKey), fresh)
    if (!added) return focusMistake(form.current)
    setLabel('')
    setMade(made + 1)
    await onChanged()
  }

  return (
    <Card
      title="Payment methods"
      note={
        environment === 'live'
          ? 'References that the operator of this server knows. A card’s number has no place here.'
          : 'The sandbox’s cards behave as they are called. One that you add is accepted.'
      }
    >
      {of.length ? (
        <Rows label="Payment methods">
          {of.map((method) => (
            <Row
              key={method.id}
              title={method.label}
              badges={method.type === 'sandbox' ? <Badge tone="warn">sandbox</Badge> : null}
              facts={[
                <code key="id" className="font-mono text-[12px]">
                  {method.id}
                </code>,
                method.createdAt ? (
                  <span key="time">
                    added <Time iso={method.createdAt} />
                  </span>
                ) : null,
              ]}
              action={
                method.type === 'reference' ? (
                  <Button look="small" aria-label={`Remove ${method.label}`} onClick={() => leave(method)}>
                    Remove
                  </Button>
                ) : null
              }
            />
          ))}
        </Rows>
      ) : null}
      <form
        ref={form}
        noValidate
        onSubmit={add}
        className={`space-y-2.5 ${of.length ? 'mt-4 border-line border-t pt-4' : ''}`}
      >
        <TextField
          id="method-label"
          label="New payment method"
          words
          autoComplete="off"
          maxLength={64}
          placeholder="Invoice, net 30"
          value={label}
          error={mistake ?? refused.of('label', 'It')}
          onChange={(event) => {
            setLabel(event.target.value)
            setMistake(undefined)
            change.clear()
          }}
        />
        <div className="flex flex-wrap gap-2.5">
          <Button type="submit" look="secondary" aria-disabled={change.busy}>
            {busyWords(change, 'Add payment method', 'Adding')}
          </Button>
          {change.confirming ? (
            <Button look="quiet" onClick={change.cancel}>
              Cancel
            </Button>
          ) : null}
        </div>
        <PasskeyNote environment={environment} what="account" />
        <ChangeError error={refused.rest} />
      </form>
      <Confirm
        open={leaving !== undefined}
        onClose={() => leave(undefined)}
        title={`Remove ${leaving?.label}?`}
        action="Remove"
        fresh={environment === 'live'}
        onConfirm={async (api) => {
          if (leaving) await api.account.removeMethod(leaving.id, environment)
          await onChanged()
        }}
      >
        <p>No more funds can be asked of it. Top-ups that are on their way go on.</p>
      </Confirm>
    </Card>
  )
}
