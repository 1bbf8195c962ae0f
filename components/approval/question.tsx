'use client'

import { useEffect, useMemo, useRef, useState } from 'react'
import type { ApprovalView } from '#lib/contract/approvals.ts'
import { ApprovalPageClient } from '#lib/sdk/approval-page.ts'
import { askPasskey } from '../console/ceremony.ts'
import { type Refusal, whyNotAllowed } from '../console/explain.ts'
import { useCeremony } from '../console/use-ceremony.ts'
import { PasskeyIcon } from '../interaction/passkey-icon.tsx'
import { Status } from '../interaction/status.tsx'
import { Monogram } from '../playground/setup/monogram.tsx'
import { Button } from '../ui/button.tsx'
import { useAlive } from '../ui/use-alive.ts'
import { ActionCard } from './action-card.tsx'
import { actionWords } from './action-words.ts'

/** Asks for the answer, and says what became of it. */
export function Question({ question }: { question: ApprovalView }) {
  const { id, client, tenant, user, action } = question
  const page = useMemo(() => new ApprovalPageClient(id), [id])
  const { stage, refusal, run, cancel } = useCeremony((refusal) => approvalWords(refusal, user.username))
  const [answer, setAnswer] = useState<'approved' | 'declined'>()
  const alive = useAlive()

  function approve() {
    void run(async (enter) => {
      await askPasskey(
        () => page.begin(),
        (finish) => page.finish(finish),
        enter,
      )
      setAnswer('approved')
    })
  }

  function decline() {
    void run(async (enter) => {
      enter('check')
      await page.decline()
      setAnswer('declined')
    })
  }

  if (answer) return <Answered answer={answer} app={client.name} />
  return (
    <>
      <Monogram name={client.name} logoUrl={client.logoUrl} size="size-12 rounded-[12px] text-[20px]" />
      <h1 className="mt-4 text-balance font-semibold text-[24px] leading-tight tracking-tight wrap-anywhere">
        {client.name} asks for your approval
      </h1>
      <p className="mt-2 text-pretty text-soft wrap-anywhere">
        It wants to {actionWords(action)} at {tenant.name}. You are asked as{' '}
        <span className="font-medium text-ink">{user.username}</span>.
      </p>
      <ActionCard action={action} app={client.name} />
      <p className="mt-4 text-pretty text-[14px] text-soft">
        Approve only what you began yourself. Your passkey signs for this one action, and for nothing else.
      </p>
      <Status
        stage={stage}
        refusal={refusal}
        words={{
          challenge: 'Waiting for the server.',
          authenticator: 'Waiting for your passkey. Follow your browser’s dialogue.',
          check: 'Waiting for the server.',
        }}
        onCancel={cancel}
        className="mt-4"
      />
      <div className={`mt-6 flex gap-2.5 ${alive ? '' : 'invisible'}`}>
        <Button look="secondary" className="flex-1" onClick={decline}>
          Decline
        </Button>
        <Button className="flex-1" onClick={approve}>
          <PasskeyIcon />
          Approve
        </Button>
      </div>
    </>
  )
}

/** What was answered; the focus goes there, as the buttons that had it are gone. */
function Answered({ answer, app }: { answer: 'approved' | 'declined'; app: string }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <>
      <h1
        ref={heading}
        tabIndex={-1}
        data-testid="status"
        data-state="success"
        className="text-balance font-semibold text-[24px] leading-tight tracking-tight outline-none"
      >
        {answer === 'approved' ? 'Approved' : 'Declined'}
      </h1>
      <p className="mt-2 text-pretty text-soft wrap-anywhere">
        {answer === 'approved'
          ? `${app} can go on with this one action, within the next two minutes.`
          : `${app} learns that you declined, and nothing else. Nothing was signed.`}{' '}
        Go back to {app}; you can close this window.
      </p>
    </>
  )
}

/** Words for the refusals that this page knows more about. */
function approvalWords(refusal: Refusal, username: string): Partial<Refusal> {
  const { code, atOnce } = refusal
  switch (code) {
    case 'approval_unknown':
      return {
        title: 'This page is no longer good',
        detail: 'It was open for more than ten minutes, or was answered in another window.',
        todo: 'Go back to the app and begin again.',
      }
    case 'verification_failed':
    case 'user_unknown':
      return {
        title: 'This passkey does not approve it',
        detail: `It has to be a passkey of ${username}, on a device that verifies you by finger, face or PIN.`,
        todo: 'Press Approve again and choose that passkey.',
      }
    case 'NotAllowedError':
      return {
        title: 'No passkey was used',
        detail: whyNotAllowed(refusal, `no passkey of ${username}`),
        todo: atOnce
          ? 'Try again on the device that holds your passkey.'
          : 'Press Approve again and follow the dialogue.',
      }
    case 'SecurityError':
      return { detail: 'The passkeys of this service are for another address than this page’s.', todo: 'Tell the app.' }
    default:
      return {}
  }
}
