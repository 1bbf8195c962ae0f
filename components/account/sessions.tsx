'use client'

import type { AccountSession } from '#lib/contract/oauth.ts'
import { account } from '#lib/sdk/interaction.ts'
import { deviceOf } from '../console/me/device.ts'
import { Row, Rows } from '../console/row.tsx'
import { useCeremony } from '../console/use-ceremony.ts'
import { Status } from '../interaction/status.tsx'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Time } from '../ui/time.tsx'
import { toldApart } from '../ui/told-apart.ts'
import { useAlive } from '../ui/use-alive.ts'
import { Section } from './section.tsx'
import { signedOut } from './signed-out.ts'
import { useFocusOnLoss } from './use-focus-on-loss.ts'

interface Props {
  sessions: AccountSession[]
  onDone: (words: string) => void
}

/** Where the user is signed in, and the way to end each. */
export function Sessions({ sessions, onDone }: Props) {
  const { stage, refusal, run } = useCeremony()
  const alive = useAlive()
  const heading = useFocusOnLoss(sessions.length)

  function end({ id, userAgent }: AccountSession) {
    void run(async (enter) => {
      enter('check')
      await account.endSession(id).catch(signedOut)
      onDone(`The session of ${deviceOf(userAgent)} was ended.`)
    })
  }

  const names = toldApart(sessions.map(({ userAgent }) => deviceOf(userAgent)))
  return (
    <Section
      id="sessions"
      heading={heading}
      title="Sessions"
      note="Browsers that are signed in. End one that you do not recognise, then look at your passkeys and apps."
    >
      <Rows label="Your sessions">
        {sessions.map((session, at) => (
          <Row
            key={session.id}
            title={deviceOf(session.userAgent)}
            badges={session.current ? <Badge tone="ok">this one</Badge> : null}
            facts={[
              session.address ?? 'address unknown',
              session.signedInAt ? (
                <>
                  signed in <Time iso={session.signedInAt} />
                </>
              ) : null,
            ]}
            action={
              session.current ? (
                <span className="text-[13px] text-faint">Sign out ends it</span>
              ) : (
                <Button
                  look="small"
                  className={alive ? '' : 'invisible'}
                  aria-label={`End the session of ${names[at]}`}
                  onClick={() => end(session)}
                >
                  End
                </Button>
              )
            }
          />
        ))}
      </Rows>
      <Status
        stage={stage === 'done' ? undefined : stage}
        refusal={refusal}
        words={{ check: 'Waiting for the server.' }}
        className="mt-4"
      />
    </Section>
  )
}
