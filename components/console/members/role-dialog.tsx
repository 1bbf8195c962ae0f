'use client'

import { useState } from 'react'
import type { MembersAnswer } from '#lib/contract/console.ts'
import { roles } from '#lib/contract/roles.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { busyWords } from '../busy-words.ts'
import { ChangeError } from '../change-error.tsx'
import { useChange } from '../use-change.ts'
import { RoleChoice } from './role-choice.tsx'

type Member = MembersAnswer['members'][number]

interface Props {
  member: Member
  onClose: () => void
  onChanged: (what: string) => Promise<void>
}

/** Gives a member another role. Who gives up their own being an owner sees the page as they may from then on. */
export function RoleDialog({ member, onClose, onChanged }: Props) {
  const change = useChange()
  const [role, setRole] = useState(member.role)

  function close() {
    change.cancel()
    onClose()
  }

  function save() {
    if (role === member.role) return close()
    void change.run(async (api) => {
      await api.members.changeRole(member.id, role)
      if (member.you) location.reload()
      else await onChanged(`${member.name} is ${roles[role].name} now`)
      onClose()
    }, 'fresh')
  }

  return (
    <Dialog
      open
      onClose={close}
      title={member.you ? 'Your role' : `Role of ${member.name}`}
      actions={
        <>
          <Button look="secondary" onClick={close}>
            Cancel
          </Button>
          <Button onClick={save}>{busyWords(change, 'Save', 'Saving')}</Button>
        </>
      }
    >
      <RoleChoice name="member-role" selected={role} onSelect={setRole} />
      <p className="mt-4 text-[13px] text-soft">
        {member.role === 'owner' && role !== 'owner'
          ? `It holds at once. ${member.you ? 'Your' : 'Their'} open invitations end, and only another owner can undo it.`
          : 'It holds from their next request on. You confirm it with your passkey.'}
      </p>
      <ChangeError error={change.error} className="mt-3" />
    </Dialog>
  )
}
