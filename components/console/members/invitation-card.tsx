'use client'

import { useState } from 'react'
import type { MembersAnswer } from '#lib/contract/console.ts'
import { roles } from '#lib/contract/roles.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Time } from '../../ui/time.tsx'
import { Card } from '../card.tsx'
import { Confirm } from '../confirm.tsx'
import { consoleClient } from '../console-client.ts'
import { useMay } from '../role.tsx'
import { Row, Rows } from '../row.tsx'

type Invitation = MembersAnswer['invitations'][number]

interface Props {
  invitations: Invitation[]
  onChanged: (what: string) => Promise<void>
}

/** The links that still let somebody in. */
export function InvitationCard({ invitations, onChanged }: Props) {
  const [withdrawing, setWithdrawing] = useState<Invitation>()
  const mayChange = useMay('owner')
  return (
    <Card title="Open invitations" note="Each link lets one person in, once, within a day.">
      {invitations.length ? (
        <Rows label="Open invitations">
          {invitations.map((invitation) => (
            <Row
              key={invitation.id}
              title={invitation.setUp ? 'Set-up link' : invitation.invitee || 'Whoever has the link'}
              badges={<Badge>{roles[invitation.role].name}</Badge>}
              facts={[
                `by ${invitation.invitedBy}`,
                <>
                  made <Time iso={invitation.createdAt} />
                </>,
                <>
                  ends <Time iso={invitation.expiresAt} />
                </>,
              ]}
              action={
                mayChange ? (
                  <Button
                    look="small"
                    aria-label={`Withdraw the invitation of ${invitation.invitee || 'whoever has the link'}`}
                    onClick={() => setWithdrawing(invitation)}
                  >
                    Withdraw
                  </Button>
                ) : null
              }
            />
          ))}
        </Rows>
      ) : (
        <Empty title="No invitation is open">
          {mayChange
            ? 'Press Invite a member to make a link. Whoever opens it makes a passkey of their own; nobody shares one.'
            : 'An owner can invite somebody. Whoever opens the link makes a passkey of their own; nobody shares one.'}
        </Empty>
      )}
      <Confirm
        open={Boolean(withdrawing)}
        onClose={() => setWithdrawing(undefined)}
        title="Withdraw the invitation"
        action="Withdraw"
        onConfirm={async () => {
          if (!withdrawing) return
          await consoleClient.members.withdraw(withdrawing.id)
          await onChanged('The invitation was withdrawn')
        }}
      >
        <p>Its link stops working at once. Whoever has it is told to ask for a new one.</p>
      </Confirm>
    </Card>
  )
}
