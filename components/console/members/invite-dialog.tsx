'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import type { Invited } from '#lib/contract/console.ts'
import { Button } from '../../ui/button.tsx'
import { CodeBlock } from '../../ui/code-block.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Time } from '../../ui/time.tsx'
import { ChangeError } from '../change-error.tsx'
import { useChange } from '../use-change.ts'

interface Props {
  open: boolean
  onClose: () => void
  onInvited: () => Promise<void>
}

/** Makes an invitation as it opens, and shows its link: now and never again. */
export function InviteDialog({ open, onClose, onInvited }: Props) {
  const { run, confirming, error, clear, cancel } = useChange()
  const [invited, setInvited] = useState<Invited>()
  const showing = useRef(false)

  const invite = useCallback(async () => {
    const answer = await run((api) => api.members.invite(), 'fresh')
    if (!answer) return
    if (showing.current) setInvited(answer)
    void onInvited()
  }, [run, onInvited])

  useEffect(() => {
    showing.current = open
    if (open) void invite()
  }, [open, invite])

  function close() {
    cancel()
    setInvited(undefined)
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
        <>
          <Button look={invited ? 'primary' : 'secondary'} onClick={close}>
            {invited ? 'Done' : 'Cancel'}
          </Button>
          {error ? <Button onClick={invite}>Try again</Button> : null}
        </>
      }
    >
      <div className="space-y-3 text-[14px]">
        {invited ? (
          <>
            <p>
              Send this link to the person you invite. Whoever opens it first becomes a member, so use a channel that
              only they read.
            </p>
            <CodeBlock label="invitation link" code={invited.link} />
            <p className="text-soft">
              It works once and ends <Time iso={invited.invitation.expiresAt} />. It is not shown again: if it gets
              lost, withdraw it and make another.
            </p>
          </>
        ) : (
          <>
            <p>
              An invitation opens this Console to somebody else, so you confirm it with your passkey. Then its link is
              shown here, once.
            </p>
            {confirming ? (
              <p role="status" className="text-soft">
                Waiting for your passkey: follow the browser’s dialogue.
              </p>
            ) : error ? null : (
              <Skeleton label="Making the link" height="h-[50px]" />
            )}
          </>
        )}
      </div>
      <ChangeError error={error} className="mt-3" />
    </Dialog>
  )
}
