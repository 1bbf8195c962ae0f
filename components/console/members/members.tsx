'use client'

import { useRef, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { consoleClient } from '../console-client.ts'
import { LoadError } from '../load-error.tsx'
import { PageHead } from '../page-head.tsx'
import { Only } from '../role.tsx'
import { useData } from '../use-data.ts'
import { InvitationCard } from './invitation-card.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { MemberCard } from './member-card.tsx'
import { PasskeyCard } from './passkey-card.tsx'
import { SessionCard } from './session-card.tsx'

/** Who may come into this Console, and with what. */
export function Members() {
  const { data, error, reload } = useData(() => consoleClient.members.list(), [], { every: 30_000 })
  const [inviting, setInviting] = useState(false)
  const [said, say] = useState('')
  const region = useRef<HTMLDivElement>(null)

  /** The button that had the focus may be gone with its row, so the page's content takes it. */
  async function changed(what: string) {
    await reload()
    say(what)
    setTimeout(() => {
      if (document.activeElement === document.body) region.current?.focus({ preventScroll: true })
    })
  }

  return (
    <>
      <PageHead
        title="Members"
        description="Who may come in, and as what: a viewer reads, a developer builds, an owner does everything. What they do is in the audit log."
        actions={
          <Only least="owner" to="invite and remove members and change their roles">
            <Button onClick={() => setInviting(true)}>Invite a member</Button>
          </Only>
        }
      />
      <InviteDialog open={inviting} onClose={() => setInviting(false)} onInvited={reload} />
      <p aria-live="polite" className="sr-only">
        {said}
      </p>
      <div ref={region} tabIndex={-1} className="space-y-4 outline-none">
        {data ? (
          <>
            <MemberCard members={data.members} onChanged={changed} />
            <InvitationCard invitations={data.invitations} onChanged={changed} />
            <PasskeyCard passkeys={data.passkeys} onChanged={changed} />
            <SessionCard sessions={data.sessions} onChanged={changed} />
          </>
        ) : error ? (
          <LoadError error={error} onRetry={reload} />
        ) : (
          <Skeleton label="Reading the members" rows={4} height="h-40" />
        )}
      </div>
    </>
  )
}
