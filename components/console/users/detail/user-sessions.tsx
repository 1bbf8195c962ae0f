import { useState } from 'react'
import type { ConsoleUserDetail, UserSession } from '#lib/contract/console-users.ts'
import { Button } from '../../../ui/button.tsx'
import { Time } from '../../../ui/time.tsx'
import { toldApart } from '../../../ui/told-apart.ts'
import { Card } from '../../card.tsx'
import { ChangeError } from '../../change-error.tsx'
import { deviceOf } from '../../me/device.ts'
import { useMay } from '../../role.tsx'
import { Row, Rows } from '../../row.tsx'
import { useChange } from '../../use-change.ts'

interface Props {
  user: ConsoleUserDetail
  onChanged: () => Promise<void>
}

/** Where a user is signed in at this server's own pages, which apps send people to. */
export function UserSessions({ user: { id, username, environment, sessions }, onChanged }: Props) {
  const { run, confirming, error } = useChange()
  const [ending, setEnding] = useState('')
  const may = useMay('developer')
  const names = toldApart(sessions.map(titleOf))

  function end(session: UserSession) {
    setEnding(session.id)
    void run(
      async (api) => {
        await api.users.endSession(id, session.id)
        await onChanged()
      },
      environment === 'live' && 'fresh',
    )
  }

  return (
    <Card
      title="Sessions"
      note={
        sessions.length
          ? `Browsers in which ${username} is signed in at this server’s pages.`
          : `${username} is signed in at no page of this server. People are where an app sends them there to sign in.`
      }
    >
      <ChangeError error={error} className="mb-4" />
      {sessions.length ? (
        <Rows label={`Sessions of ${username}`}>
          {sessions.map((session, at) => {
            const { userAgent, address, passkey, signedInAt, expiresAt } = session
            return (
              <Row
                key={session.id}
                title={titleOf(session)}
                facts={[
                  address,
                  userAgent ? `with ${passkey}` : null,
                  signedInAt ? (
                    <span key="since">
                      signed in <Time iso={signedInAt} />
                    </span>
                  ) : null,
                  <span key="until">
                    ends <Time iso={expiresAt} />
                  </span>,
                ]}
                action={
                  may ? (
                    <Button look="small" aria-label={`End the session: ${names[at]}`} onClick={() => end(session)}>
                      {confirming && ending === session.id ? 'Waiting for your passkey' : 'End'}
                    </Button>
                  ) : null
                }
              />
            )
          })}
        </Rows>
      ) : null}
    </Card>
  )
}

function titleOf({ userAgent, passkey }: UserSession): string {
  return userAgent ? deviceOf(userAgent) : `Signed in with ${passkey}`
}
