'use client'

import { type FormEvent, useRef, useState } from 'react'
import { TextField } from '../../ui/field.tsx'
import { makePasskey } from '../ceremony.ts'
import { CeremonyButtons } from '../ceremony-buttons.tsx'
import { CeremonySteps } from '../ceremony-steps.tsx'
import { ChangeError } from '../change-error.tsx'
import { consoleClient } from '../console-client.ts'
import type { Refusal } from '../explain.ts'
import { useCeremony } from '../use-ceremony.ts'

const steps = {
  challenge: { title: 'The server', note: 'reserves your name and sends a challenge.' },
  authenticator: {
    title: 'Your browser',
    note: 'makes the passkey and keeps it: on this device, in your password manager or on a security key.',
  },
  check: { title: 'The server', note: 'checks it, keeps the public half and signs you in.' },
}

/** The name and the passkey of a new member; then into the Console. */
export function JoinForm({ token }: { token: string }) {
  const [name, setName] = useState('')
  const [mistake, setMistake] = useState<string>()
  const field = useRef<HTMLInputElement>(null)
  const { stage, refusal, run, cancel } = useCeremony(joinWords)
  const issue = refusal?.issues.find(({ path }) => path === 'name')

  function join(event: FormEvent) {
    event.preventDefault()
    if (!name.trim()) {
      setMistake('Enter your name first: the other members and the audit log know you by it.')
      field.current?.focus()
      return
    }
    void run(async (enter) => {
      await makePasskey(
        () => consoleClient.join.begin(token, name),
        (credential) => consoleClient.join.finish(token, credential),
        enter,
      )
      location.replace('/console')
    })
  }

  return (
    <form onSubmit={join} noValidate className="mt-6">
      <TextField
        ref={field}
        id="member-name"
        label="Your name"
        words
        autoComplete="name"
        maxLength={64}
        value={name}
        error={mistake ?? (issue && `“${name}” ${issue.message}.`)}
        note="The other members see it, and the audit log says it beside what you do."
        readOnly={Boolean(stage)}
        onChange={(event) => {
          setName(event.target.value)
          setMistake(undefined)
        }}
      />
      <div className="mt-5">
        <CeremonyButtons label="Create a passkey" stage={stage} onCancel={cancel} />
      </div>
      <ChangeError error={refusal} className="mt-4" />
      <div className="mt-5">
        <CeremonySteps stage={stage} words={steps} done="You are in." />
      </div>
    </form>
  )
}

function joinWords({ code, atOnce }: Refusal): Partial<Refusal> {
  if (code === 'NotAllowedError')
    return {
      title: 'No passkey was made',
      detail: `${atOnce ? 'The authenticator refused at once, without a dialogue: it may not be able to verify you, or to hold a passkey.' : 'The browser’s dialogue was closed or ran out of time.'} The link is still good.`,
      todo: atOnce
        ? 'Use another authenticator, then press Create a passkey again.'
        : 'Press Create a passkey again and follow the dialogue.',
    }
  if (code === 'ConstraintError')
    return {
      title: 'This authenticator cannot hold such a passkey',
      detail: 'The Console needs one that is found without a username and that verifies you by finger, face or PIN.',
      todo: 'Set a PIN on the security key, or use this device’s own passkeys.',
    }
  if (code === 'invitation_invalid')
    return { todo: 'If you used the link yourself, sign in with your passkey. Else ask for a new one.' }
  return {}
}
