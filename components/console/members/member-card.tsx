'use client'

import { useState } from 'react'
import type { MembersAnswer } from '#lib/contract/console.ts'
import { roles } from '#lib/contract/roles.ts'
import type { ConsoleClient } from '#lib/sdk/console.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Time } from '../../ui/time.tsx'
import { Card } from '../card.tsx'
import { Confirm } from '../confirm.tsx'
import { useMay } from '../role.tsx'
import { Row, Rows } from '../row.tsx'
import { RoleDialog } from './role-dialog.tsx'

type Member = MembersAnswer['members'][number]

/** The members with their roles, and for an owner the way to change those and to remove one. The last owner stays. */
export function MemberCard({ members, onChanged }: { members: Member[]; onChanged: (what: string) => Promise<void> }) {
  const [removing, setRemoving] = useState<Member>()
  const [changing, setChanging] = useState<Member>()
  const mayChange = useMay('owner')
  const alone = members.length === 1

  async function remove(api: ConsoleClient, { id, name, you }: Member) {
    await api.members.remove(id)
    if (you) location.assign('/console/sign-in')
    else await onChanged(`${name} was removed`)
  }

  return (
    <Card
      title="Who may come in"
      note={
        alone
          ? 'Only you so far. Invite a second one: if your passkey is lost, nobody else can let you in again.'
          : 'They sign in with their own passkeys.'
      }
    >
      <Rows label="Members">
        {members.map((member) => (
          <Row
            key={member.id}
            title={member.name}
            badges={
              <>
                <Badge>{roles[member.role].name}</Badge>
                {member.you ? <Badge tone="ok">You</Badge> : null}
              </>
            }
            facts={[
              <>
                joined <Time iso={member.createdAt} />
              </>,
              member.lastSeenAt ? (
                <>
                  last seen <Time iso={member.lastSeenAt} />
                </>
              ) : (
                'not seen since'
              ),
            ]}
            action={
              alone || !mayChange ? null : (
                <div className="flex flex-wrap gap-2">
                  <Button look="small" aria-label={`Change role of ${member.name}`} onClick={() => setChanging(member)}>
                    Change role
                  </Button>
                  <Button look="small" aria-label={`Remove ${member.name}`} onClick={() => setRemoving(member)}>
                    Remove
                  </Button>
                </div>
              )
            }
          />
        ))}
      </Rows>
      {changing ? <RoleDialog member={changing} onClose={() => setChanging(undefined)} onChanged={onChanged} /> : null}
      <Confirm
        open={Boolean(removing)}
        onClose={() => setRemoving(undefined)}
        fresh
        title={removing?.you ? 'Leave this Console' : `Remove ${removing?.name ?? ''}`}
        action={removing?.you ? 'Leave' : 'Remove'}
        onConfirm={async (api) => removing && remove(api, removing)}
      >
        <p>
          {removing?.you ? 'Your' : 'Their'} sessions end at once and the server forgets{' '}
          {removing?.you ? 'your' : 'their'} passkeys. The API keys that {removing?.you ? 'you' : 'they'} made go on
          working.
        </p>
        <p className="text-soft">Coming back takes a new invitation.</p>
      </Confirm>
    </Card>
  )
}
