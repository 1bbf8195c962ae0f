'use client'

import type { OwnAccess } from '#lib/contract/console.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Time } from '../../ui/time.tsx'
import { toldApart } from '../../ui/told-apart.ts'
import { Card } from '../card.tsx'
import { ChangeError } from '../change-error.tsx'
import { consoleClient } from '../console-client.ts'
import { Row, Rows } from '../row.tsx'
import { useChange } from '../use-change.ts'
import { deviceOf } from './device.ts'

type Session = OwnAccess['sessions'][number]

/** Where the signed-in member is signed in, and the way to end each of them. */
export function SessionCard({
  sessions,
  onChanged,
}: {
  sessions: Session[]
  onChanged: (what: string) => Promise<void>
}) {
  const { run, error } = useChange()

  function end({ id, userAgent }: Session) {
    void run(async () => {
      await consoleClient.own.endSession(id)
      await onChanged(`The session of ${deviceOf(userAgent)} was ended`)
    })
  }

  const names = toldApart(sessions.map(({ userAgent }) => deviceOf(userAgent)))
  return (
    <Card
      title="Your sessions"
      note="A session lasts 12 hours. End one that you do not recognise, then look at your passkeys and the audit log."
    >
      <ChangeError error={error} className="mb-4" />
      <Rows label="Your sessions">
        {sessions.map((session, at) => (
          <Row
            key={session.id}
            title={deviceOf(session.userAgent)}
            badges={session.current ? <Badge tone="ok">This one</Badge> : null}
            facts={[
              session.tenantName,
              session.address ?? 'address unknown',
              <>
                signed in <Time iso={session.createdAt} />
              </>,
              <>
                last seen <Time iso={session.lastSeenAt} />
              </>,
              <>
                ends <Time iso={session.expiresAt} />
              </>,
            ]}
            action={
              session.current ? (
                <span className="text-[13px] text-faint">Sign out ends it</span>
              ) : (
                <Button look="small" aria-label={`End the session of ${names[at]}`} onClick={() => end(session)}>
                  End
                </Button>
              )
            }
          />
        ))}
      </Rows>
    </Card>
  )
}
