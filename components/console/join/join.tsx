'use client'

import { useState } from 'react'
import type { ConsoleSession } from '#lib/contract/console.ts'
import { roles, whatMay } from '#lib/contract/roles.ts'
import { linkButton } from '../../ui/button.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Time } from '../../ui/time.tsx'
import { ChangeError } from '../change-error.tsx'
import { Entrance } from '../entrance.tsx'
import { JoinAs } from './join-as.tsx'
import { JoinForm } from './join-form.tsx'
import { KnownHere } from './known-here.tsx'
import { useInvitation } from './use-invitation.ts'

/**
 * Lets an invited person in: who invites, to what, and the passkey that they will sign in with, which is the one that they
 * have where they are a member of another tenant.
 *
 * @param signedIn who is, in this browser
 */
export function Join({ signedIn }: { signedIn: ConsoleSession | undefined }) {
  const state = useInvitation()
  const [session, setSession] = useState(signedIn)
  if (state.status === 'reading')
    return (
      <Entrance title="Join the Console">
        <div className="mt-4">
          <Skeleton label="Reading the invitation" rows={3} />
        </div>
      </Entrance>
    )
  if (state.status === 'open') {
    const { tenantName, role, setUp, invitedBy, expiresAt } = state.invitation
    return (
      <Entrance title={setUp ? `Set up the Console of ${tenantName}` : `Join ${tenantName}`}>
        <p className="mt-2.5 text-pretty text-soft">
          {setUp ? (
            <>You will be the first member, an owner: you can make API keys and invite others.</>
          ) : (
            <>
              You are invited as <span className="font-semibold text-ink">{roles[role].name}</span> to {tenantName} by{' '}
              <span className="font-semibold text-ink">{invitedBy}</span>. {whatMay(role)}
            </>
          )}{' '}
          This link works once, and ends <Time iso={expiresAt} />.
        </p>
        {session ? (
          <JoinAs token={state.token} tenantName={tenantName} session={session} onOther={() => setSession(undefined)} />
        ) : (
          <>
            <JoinForm token={state.token} />
            <KnownHere onKnown={setSession} />
          </>
        )}
      </Entrance>
    )
  }
  return (
    <Entrance title="This link does not open the Console">
      {state.status === 'refused' && state.refusal.code !== 'invitation_invalid' ? (
        <ChangeError error={state.refusal} className="mt-4" />
      ) : (
        <NotOpen noToken={state.status === 'no-token'} />
      )}
      <a href="/console/sign-in" className={`${linkButton} mt-6`}>
        Go to sign-in
      </a>
    </Entrance>
  )
}

function NotOpen({ noToken }: { noToken: boolean }) {
  return (
    <div role="alert" className="mt-2.5 space-y-2 text-soft">
      <p>
        {noToken
          ? 'The invitation itself, the part after #, is missing. It leaves the address bar once it is read, so a reloaded or copied page no longer has it.'
          : 'It was used already, was taken back, or is older than a day. Each link lets one person in, once.'}
      </p>
      <p>
        <span className="font-semibold text-ink">What to do: </span>
        {noToken
          ? 'Open the whole link again, as you received it.'
          : 'If you used it yourself, sign in with your passkey. Else ask for a new link: a member makes one under Members, the operator with the admin command.'}
      </p>
    </div>
  )
}
