'use client'

import { useState } from 'react'
import type { ConsoleSession } from '#lib/contract/console.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { busyWords } from '../busy-words.ts'
import { ChangeError } from '../change-error.tsx'
import { fieldErrors } from '../field-errors.ts'
import { useChange } from '../use-change.ts'

interface Props {
  token: string
  tenantName: string
  /** Who is signed in. */
  session: ConsoleSession
  /** Somebody else is to join on this browser. */
  onOther: () => void
}

/** Lets somebody who is a member elsewhere join with the passkeys that they have. Their name is asked for where another has it. */
export function JoinAs({ token, tenantName, session, onOther }: Props) {
  const change = useChange()
  const known = session.member.name
  const [name, setName] = useState(known)
  const [asked, setAsked] = useState(false)
  const { of, rest } = fieldErrors(change.error, ['name'])
  const mistake = of('name', 'The name')

  async function join() {
    const joined = await change.run(async (api) => {
      await api.join.accept(token, name)
      location.replace('/console')
      return true
    }, 'fresh')
    if (!joined) setAsked(true)
  }

  return (
    <div className="mt-6">
      {asked || name !== known ? (
        <TextField
          id="member-name"
          label="Your name"
          words
          autoComplete="name"
          maxLength={64}
          value={name}
          error={mistake}
          note={`What the members of ${tenantName} call you.`}
          className="mb-5"
          onChange={(event) => {
            change.clear()
            setName(event.target.value)
          }}
        />
      ) : null}
      <div className="flex flex-wrap gap-2.5">
        <Button onClick={join}>{busyWords(change, `Join as ${name.trim() || known}`, 'Joining')}</Button>
        <Button look="secondary" onClick={change.confirming ? change.cancel : onOther}>
          {change.confirming ? 'Cancel' : 'Join as somebody else'}
        </Button>
      </div>
      <p className="mt-3 text-[14px] text-soft">
        You are signed in to {session.tenant.name}. The passkey that you have there opens {tenantName}, too; you switch
        between them in the Console, and neither sees the other.
      </p>
      <ChangeError error={rest} className="mt-4" />
    </div>
  )
}
