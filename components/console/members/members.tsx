'use client'

import Link from 'next/link'
import { Button } from '../../ui/button.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useQuery } from '../../ui/use-query.ts'
import { consoleClient } from '../console-client.ts'
import { LoadError } from '../load-error.tsx'
import { PageHead } from '../page-head.tsx'
import { Only, useMay } from '../role.tsx'
import { useData } from '../use-data.ts'
import { useSaid } from '../use-said.ts'
import { InvitationCard } from './invitation-card.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { MemberCard } from './member-card.tsx'

/** Who may come into this Console, and as what. */
export function Members() {
  const { data, error, reload } = useData(() => consoleClient.members.list(), [], { every: 30_000 })
  const [query, change] = useQuery()
  const owner = useMay('owner')
  const { said, region, changed } = useSaid(reload)

  return (
    <>
      <PageHead
        title="Members"
        docs="/docs/run-it-yourself#members-and-roles"
        description={
          <>
            Who may come in, and as what: a viewer reads, a developer builds, an owner does everything. What they do is
            in the audit log; your own passkeys and sessions are{' '}
            <Link href="/console/me" prefetch={false} className="underline underline-offset-2">
              a page of yours
            </Link>
            .
          </>
        }
        actions={
          <Only least="owner" to="invite and remove members and change their roles">
            <Button onClick={() => change({ invite: 'new' }, { replace: true })}>Invite a member</Button>
          </Only>
        }
      />
      <InviteDialog
        open={owner && query.get('invite') === 'new'}
        onClose={() => change({ invite: '' }, { replace: true })}
        onInvited={reload}
      />
      <p aria-live="polite" className="sr-only">
        {said}
      </p>
      <div ref={region} tabIndex={-1} className="space-y-4 outline-none">
        {data ? (
          <>
            <MemberCard members={data.members} onChanged={changed} />
            <InvitationCard invitations={data.invitations} onChanged={changed} />
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
