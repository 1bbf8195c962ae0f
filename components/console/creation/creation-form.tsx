import type { ReactNode } from 'react'
import type { Environment } from '#lib/contract/environment.ts'
import { Button } from '../../ui/button.tsx'
import { busyWords } from '../busy-words.ts'
import { ChangeError } from '../change-error.tsx'
import { PasskeyNote } from '../passkey-note.tsx'
import type { Creation } from './use-creation.ts'

interface Props<Draft> {
  creation: Creation<Draft>
  /** What is made: “key”. */
  what: string
  /** What is done with it, where that is not to create it. */
  verb?: 'Create' | 'Register'
  environment: Environment
  /** Where Cancel goes. */
  back: string
  children: ReactNode
}

/** The frame of a form that makes something: its parts, what was refused, its button and the way out. */
export function CreationForm<Draft>({ creation, what, verb = 'Create', environment, back, children }: Props<Draft>) {
  const { form, submit, change, refused } = creation
  return (
    <form ref={form} noValidate onSubmit={submit} className="space-y-4">
      {children}
      <ChangeError error={refused.rest} />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2.5">
        <Button type="submit">
          {busyWords(change, `${verb} ${what}`, verb === 'Create' ? 'Creating' : 'Registering')}
        </Button>
        <a href={back} className="rounded-md py-1 text-soft hover:text-ink">
          Cancel
        </a>
        <PasskeyNote environment={environment} what={what} />
      </div>
    </form>
  )
}
