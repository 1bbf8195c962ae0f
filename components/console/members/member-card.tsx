'use client'

import { useState } from 'react'
import type { MembersAnswer } from '#lib/contract/console.ts'
import type { ConsoleClient } from '#lib/sdk/console.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Time } from '../../ui/time.tsx'
import { Card } from '../card.tsx'
import { Confirm } from '../confirm.tsx'
import { Row, Rows } from '../row.tsx'

type Member = MembersAnswer['members'][number]

/** The members, and the way to remove one. The last one stays. */
export function MemberCard({ members, onChanged }: { members: Member[]; onChanged: (what: string) => Promise<void> }) {
  const [removing, setRemoving] = useState<Member>()
  const alone = members.length === 1

  async function remove(api: ConsoleClient, { id, name, you }: Member) {
    await api.members.remove(id)
    if (you) location.assign('/console/sign-in')
    else await onChanged(`${name} was removed`)
  }

  return (
    <Card
      title="People"
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
            badges={member.you ? <Badge>You</Badge> : null}
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
              alone ? null : (
                <Button look="small" aria-label={`Remove ${member.name}`} onClick={() => setRemoving(member)}>
                  Remove
                </Button>
              )
            }
          />
        ))}
      </Rows>
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
