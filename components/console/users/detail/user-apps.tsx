import Link from 'next/link'
import { useState } from 'react'
import type { ConsoleUserDetail, UserApp } from '#lib/contract/console-users.ts'
import { Button } from '../../../ui/button.tsx'
import { Time } from '../../../ui/time.tsx'
import { Card } from '../../card.tsx'
import { Confirm } from '../../confirm.tsx'
import { useMay } from '../../role.tsx'
import { Row, Rows } from '../../row.tsx'

interface Props {
  user: ConsoleUserDetail
  onChanged: () => Promise<void>
}

/** What a user let apps do, and the way to end it. */
export function UserApps({ user: { id, username, environment, apps }, onChanged }: Props) {
  const [revoking, revoke] = useState<UserApp>()
  const may = useMay('developer')
  return (
    <Card
      title="Apps allowed"
      note={apps.length ? `What ${username} let apps do.` : `${username} let no app act for them.`}
    >
      {apps.length ? (
        <Rows label={`Apps of ${username}`}>
          {apps.map((app) => (
            <Row
              key={app.clientId}
              title={
                <Link
                  href={`/console/oauth-clients/${encodeURIComponent(app.clientId)}${environment === 'live' ? '?environment=live' : ''}`}
                  prefetch={false}
                  className="underline-offset-4 hover:underline"
                >
                  {app.name}
                </Link>
              }
              facts={[
                <span key="scopes" className="font-mono text-[12.5px]">
                  {app.scopes.join(' ')}
                </span>,
                <span key="since">
                  allowed <Time iso={app.since} />
                </span>,
                app.lastUsedAt ? (
                  <span key="used">
                    last used <Time iso={app.lastUsedAt} />
                  </span>
                ) : null,
              ]}
              action={
                may ? (
                  <Button look="small" aria-label={`Revoke ${app.name}`} onClick={() => revoke(app)}>
                    Revoke
                  </Button>
                ) : null
              }
            />
          ))}
        </Rows>
      ) : null}
      <Confirm
        open={Boolean(revoking)}
        onClose={() => revoke(undefined)}
        fresh={environment === 'live'}
        title={`Revoke what ${revoking?.name ?? ''} may do for ${username}?`}
        action="Revoke"
        onConfirm={async (api) => {
          if (!revoking) return
          await api.users.revokeApp(id, revoking.clientId)
          await onChanged()
        }}
      >
        <p>
          The tokens that it was given for {username} end at once. It has to ask {username} again.
        </p>
      </Confirm>
    </Card>
  )
}
