'use client'

import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { InteractionView } from '#lib/contract/oauth.ts'
import { askPasskey, makePasskey } from '../console/ceremony.ts'
import { Button } from '../ui/button.tsx'
import { useAlive } from '../ui/use-alive.ts'
import { AppName } from './app-name.tsx'
import { PasskeyIcon } from './passkey-icon.tsx'
import { Place } from './place.tsx'
import { type Attempt, signInWords } from './sign-in-words.ts'
import { Status } from './status.tsx'
import { useInteraction } from './use-interaction.ts'
import { UsernameForm } from './username-form.tsx'

/**
 * Two ways, apart: to sign in, which takes a passkey alone unless that is one that has to be named, and to begin as somebody
 * new, where that is open. The page's one field is where it is needed.
 */
export function SignIn({ interaction }: { interaction: InteractionView }) {
  const { uid, client, tenant, returnsTo, signUp, loginHint } = interaction
  const [username, setUsername] = useState(loginHint ?? '')
  const [mistake, setMistake] = useState<string>()
  // Where the field is: an app that names somebody expects them to be here already.
  const [naming, setNaming] = useState(loginHint !== null)
  const attempt = useRef<Attempt>({ by: 'passkey', username: '', tenant: tenant.name, signUp })
  const field = useRef<HTMLInputElement>(null)
  const alive = useAlive()
  const { stage, refusal, take, cancel } = useInteraction(uid, (refusal) => signInWords(refusal, attempt.current))
  const code = refusal?.code
  const newcomer = code === 'user_unknown' && signUp

  // Whom the server does not know it offers to begin, and who is known to sign in.
  useEffect(() => {
    if (newcomer) setNaming(false)
    if (code === 'user_exists') setNaming(true)
  }, [newcomer, code])

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

  function proceed() {
    const name = named('username')
    if (name) take((steps, enter) => askPasskey(() => steps.signIn.begin(name), steps.signIn.finish, enter))
  }

  function create() {
    const name = named('creating')
    if (name) take((steps, enter) => makePasskey(() => steps.signUp.begin(name), steps.signUp.finish, enter))
  }

  function move(toNaming: boolean) {
    setMistake(undefined)
    setNaming(toNaming)
    // The field is drawn at its new place first.
    requestAnimationFrame(() => field.current?.focus())
  }

  const form = {
    field,
    mistake,
    value: username,
    onEdit: (text: string) => {
      setUsername(text)
      setMistake(undefined)
    },
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
        <Way title="Sign in" note="You have been here before: your passkey says who you are.">
          <Button look={newcomer ? 'secondary' : 'primary'} className="mt-3 w-full py-3!" onClick={signIn}>
            <PasskeyIcon />
            Sign in with a passkey
          </Button>
          {naming ? (
            <UsernameForm
              {...form}
              hint="for a passkey that has to be named"
              label="Continue"
              look="secondary"
              onSubmit={proceed}
            />
          ) : (
            <Button look="quiet" className="mt-2" onClick={() => move(true)}>
              Use my username instead
            </Button>
          )}
        </Way>
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
        {signUp ? (
          <Way title="New here" note="Choose a username, and this device makes a passkey for it. No password.">
            {naming ? (
              <Button look="small" className="mt-3" onClick={() => move(false)}>
                Make an account
              </Button>
            ) : (
              <UsernameForm
                {...form}
                hint="a new one"
                label="Create a passkey"
                look={newcomer ? 'primary' : 'secondary'}
                onSubmit={create}
              />
            )}
          </Way>
        ) : (
          <Way title="New here" note={`No accounts are made on this page. Ask ${tenant.name} for one.`} />
        )}
      </div>
    </>
  )
}

function Way({ title, note, children }: { title: string; note: string; children?: ReactNode }) {
  return (
    <section aria-label={title} className="mt-5 border-line border-t pt-4">
      <h2 className="font-semibold text-[15px]">{title}</h2>
      <p className="mt-0.5 text-pretty text-[13px] text-soft wrap-anywhere">{note}</p>
      {children}
    </section>
  )
}
