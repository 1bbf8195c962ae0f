'use client'

import { type FormEvent, useRef, useState } from 'react'
import type { AllowlistVerdict } from '#lib/contract/keys.ts'
import { FieldButton, TextField } from '../../../ui/field.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { ChangeError } from '../../change-error.tsx'
import { consoleClient } from '../../console-client.ts'
import { fieldErrors } from '../../field-errors.ts'
import { useChange } from '../../use-change.ts'
import { verdictOn } from './allowlist.ts'

interface Props {
  id: string
  /** The list as it stands on the page. */
  entries: readonly string[]
  /** It is not saved yet: then the page judges, since the server knows another list. */
  edited: boolean
}

/** Whether an address would pass, and why. */
export function AddressTester({ id, entries, edited }: Props) {
  const [ip, setIp] = useState('')
  const [answer, set] = useState<{ verdict: AllowlistVerdict; by: string }>()
  const [mistake, setMistake] = useState<string>()
  const change = useChange()
  const field = useRef<HTMLInputElement>(null)
  const list = JSON.stringify([entries, edited])
  const { of, rest } = fieldErrors(change.error, ['ip'])

  function wrong(words: string) {
    setMistake(words)
    field.current?.focus()
  }

  async function test(event: FormEvent) {
    event.preventDefault()
    set(undefined)
    setMistake(undefined)
    change.clear()
    if (!ip.trim()) return wrong('Enter an address first.')
    const here = verdictOn(entries, ip)
    if (!here) return wrong('This is no IPv4 or IPv6 address.')
    const verdict = edited ? here : await change.run(() => consoleClient.keys.testAddress(id, ip.trim()))
    if (verdict) set({ verdict, by: list })
  }

  return (
    <form noValidate onSubmit={test} className="mt-5 border-line border-t pt-4">
      <TextField
        ref={field}
        id="address-to-test"
        label="Address to test"
        hint={edited ? 'by the unsaved list' : ''}
        placeholder="203.0.113.9"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={ip}
        error={mistake ?? of('ip', 'It')}
        onChange={(event) => {
          setIp(event.target.value)
          setMistake(undefined)
          change.clear()
          set(undefined)
        }}
        after={<FieldButton type="submit">Test address</FieldButton>}
      />
      <ChangeError error={rest} className="mt-2.5" />
      <div role="status">{answer && answer.by === list ? <Verdict {...answer.verdict} /> : null}</div>
    </form>
  )
}

function Verdict({ ip, allowed, reason }: AllowlistVerdict) {
  return (
    <p className={`mt-2.5 flex gap-2.5 rounded-xl px-3 py-2.5 text-[13px] ${allowed ? 'bg-ok-wash' : 'bg-bad-wash'}`}>
      <Icon name={allowed ? 'check' : 'cross'} className={`mt-0.5 size-4 ${allowed ? 'text-ok' : 'text-bad'}`} />
      <span className="min-w-0">
        <span className={`font-semibold wrap-anywhere ${allowed ? 'text-ok' : 'text-bad'}`}>
          {ip} {allowed ? 'passes' : 'does not pass'}.
        </span>{' '}
        {reason}
      </span>
    </p>
  )
}
