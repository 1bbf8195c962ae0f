'use client'

import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { Invited } from '#lib/contract/console.ts'
import { type Role, roles } from '#lib/contract/roles.ts'
import { Button } from '../../ui/button.tsx'
import { CodeBlock } from '../../ui/code-block.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { Time } from '../../ui/time.tsx'
import { busyWords } from '../busy-words.ts'
import { ChangeError } from '../change-error.tsx'
import { useChange } from '../use-change.ts'
import { RoleChoice } from './role-choice.tsx'

interface Props {
  open: boolean
  onClose: () => void
  onInvited: () => Promise<void>
}

const formId = 'invite'

/** Asks for whom an invitation is and what it makes them, and shows its link: once and never again. */
export function InviteDialog({ open, onClose, onInvited }: Props) {
  const change = useChange()
  const { run, confirming, error, clear, cancel } = change
  const [invitee, setInvitee] = useState('')
  const [role, setRole] = useState<Role>('developer')
  const [mistake, setMistake] = useState<string>()
  const [invited, setInvited] = useState<Invited>()
  const showing = useRef(false)
  const field = useRef<HTMLInputElement>(null)
  const issue = error?.issues.find(({ path }) => path === 'invitee')

  useEffect(() => {
    showing.current = open
  }, [open])

  async function invite(event: FormEvent) {
    event.preventDefault()
    if (!invitee.trim()) {
      setMistake('Say for whom it is: a name or an e-mail address.')
      field.current?.focus()
      return
    }
    const answer = await run((api) => api.members.invite({ invitee: invitee.trim(), role }), 'fresh')
    if (!answer) return
    if (showing.current) setInvited(answer)
    void onInvited()
  }

  function close() {
    cancel()
    setInvited(undefined)
    setInvitee('')
    setRole('developer')
    setMistake(undefined)
    clear()
    onClose()
  }

  return (
    <Dialog
      open={open}
      onClose={close}
      locked={Boolean(invited)}
      title="Invite a member"
      actions={
        invited ? (
          <Button onClick={close}>Done</Button>
        ) : (
          <>
            <Button look="secondary" onClick={close}>
              Cancel
            </Button>
            <Button type="submit" form={formId}>
              {busyWords(change, 'Make the link', 'Making the link')}
            </Button>
          </>
        )
      }
    >
      {invited ? (
        <div className="space-y-3 text-[14px]">
          <p>
            Send this link to <span className="font-semibold">{invited.invitation.invitee}</span>. Whoever opens it
            first becomes a member as {roles[invited.invitation.role].name}, so use a channel that only they read.
          </p>
          <CodeBlock label="invitation link" code={invited.link} />
          <p className="text-soft">
            It works once and ends <Time iso={invited.invitation.expiresAt} />. It is not shown again: if it gets lost,
            withdraw it and make another.
          </p>
        </div>
      ) : (
        <form id={formId} onSubmit={invite} noValidate className="space-y-4">
          <TextField
            ref={field}
            id="invitee"
            label="For whom"
            words
            autoComplete="off"
            maxLength={64}
            value={invitee}
            error={mistake ?? (issue && `This ${issue.message}.`)}
            note="A name or an e-mail address: it stands in the list and in the link’s page. Nothing is sent."
            onChange={(event) => {
              setInvitee(event.target.value)
              setMistake(undefined)
            }}
          />
          <RoleChoice name="invite-role" selected={role} onSelect={setRole} />
          <p role="status" className="text-[13px] text-soft">
            {confirming
              ? 'Waiting for your passkey: follow the browser’s dialogue.'
              : 'You confirm it with your passkey. Then the link is shown here, once.'}
          </p>
        </form>
      )}
      <ChangeError error={error} className="mt-3" />
    </Dialog>
  )
}
