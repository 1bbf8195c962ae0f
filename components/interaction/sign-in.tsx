'use client'

import { type FormEvent, useRef, useState } from 'react'
import type { InteractionView } from '#lib/contract/oauth.ts'
import { askPasskey, makePasskey } from '../console/ceremony.ts'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { useAlive } from '../ui/use-alive.ts'
import { AppName } from './app-name.tsx'
import { PasskeyIcon } from './passkey-icon.tsx'
import { Place } from './place.tsx'
import { type Attempt, signInWords } from './sign-in-words.ts'
import { Status } from './status.tsx'
import { useInteraction } from './use-interaction.ts'

/** Says who the user is: with whichever passkey they have, by username, or as somebody new. */
export function SignIn({ interaction }: { interaction: InteractionView }) {
  const { uid, client, tenant, returnsTo, signUp, loginHint } = interaction
  const [username, setUsername] = useState(loginHint ?? '')
  const [mistake, setMistake] = useState<string>()
  const attempt = useRef<Attempt>({ by: 'passkey', username: '', tenant: tenant.name, signUp })
  const field = useRef<HTMLInputElement>(null)
  const alive = useAlive()
  const { stage, refusal, take, cancel } = useInteraction(uid, (refusal) => signInWords(refusal, attempt.current))
  const newcomer = refusal?.code === 'user_unknown' && signUp

  function signIn() {
    attempt.current = { ...attempt.current, by: 'passkey', username: '' }
    setMistake(undefined)
    take((steps, enter) => askPasskey(() => steps.signIn.begin(), steps.signIn.finish, enter))
  }

  /** The username, without the white space that a phone's keyboard leaves behind; undefined, and said so, while there is none. */
  function named(by: 'username' | 'creating'): string | undefined {
    const name = username.trim()
    attempt.current = { ...attempt.current, by, username: name }
    setMistake(name ? undefined : by === 'creating' ? 'Choose a username first.' : 'Enter your username first.')
    if (!name) field.current?.focus()
    return name || undefined
  }

  function proceed(event: FormEvent) {
    event.preventDefault()
    const name = named('username')
    if (name) take((steps, enter) => askPasskey(() => steps.signIn.begin(name), steps.signIn.finish, enter))
  }

  function create() {
    const name = named('creating')
    if (name) take((steps, enter) => makePasskey(() => steps.signUp.begin(name), steps.signUp.finish, enter))
  }

  return (
    <>
      <h1 className="text-balance font-semibold text-[24px] leading-tight tracking-tight wrap-anywhere">
        Sign in to {tenant.name}
      </h1>
      <p className="mt-2 text-pretty text-soft">
        <AppName client={client} /> wants to sign you in.{' '}
        {returnsTo ? (
          <>
            Then you go back to <Place of={returnsTo} />.
          </>
        ) : (
          'Then the device whose code you entered goes on.'
        )}
      </p>
      <div className={alive ? '' : 'invisible'}>
        <Button look={newcomer ? 'secondary' : 'primary'} className="mt-6 w-full py-3!" onClick={signIn}>
          <PasskeyIcon />
          Sign in with a passkey
        </Button>
        <Status
          stage={stage}
          refusal={refusal}
          words={{
            challenge: 'Waiting for the server.',
            authenticator: 'Waiting for your passkey. Follow your browser’s dialogue.',
            check: 'The server checks it.',
            done: returnsTo ? `Signed in. On to ${client.name}.` : 'Signed in.',
          }}
          onCancel={cancel}
          className="mt-4"
        />
        <form onSubmit={proceed} noValidate className="mt-6 border-line border-t pt-5">
          <TextField
            ref={field}
            id="username"
            name="username"
            label="Username"
            hint={signUp ? 'yours, or a new one' : 'if you would rather type it'}
            autoComplete="username"
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
            value={username}
            error={mistake}
            onChange={(event) => {
              setUsername(event.target.value)
              setMistake(undefined)
            }}
          />
          <div className="mt-3 flex flex-wrap gap-2.5">
            <Button type="submit" look="secondary" className="flex-1 whitespace-nowrap">
              Continue
            </Button>
            {signUp ? (
              <Button look={newcomer ? 'primary' : 'secondary'} className="flex-1 whitespace-nowrap" onClick={create}>
                Create a passkey
              </Button>
            ) : null}
          </div>
        </form>
      </div>
    </>
  )
}
