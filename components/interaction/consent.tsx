'use client'

import type { InteractionView } from '#lib/contract/oauth.ts'
import type { Refusal } from '../console/explain.ts'
import { Monogram } from '../playground/setup/monogram.tsx'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { useAlive } from '../ui/use-alive.ts'
import { ScopeList } from './scope-list.tsx'
import { over } from './sign-in-words.ts'
import { Status } from './status.tsx'
import { useInteraction } from './use-interaction.ts'

/** Asks the user whether an app may have what it asks for. */
export function Consent({ interaction }: { interaction: InteractionView }) {
  const { uid, client, tenant, user, scopes, returnsTo } = interaction
  const { stage, refusal, take } = useInteraction(uid, consentWords)
  const alive = useAlive()
  const answer = (verb: 'allow' | 'deny' | 'switchAccount') =>
    take((steps, enter) => {
      enter('check')
      return steps[verb]()
    })

  return (
    <>
      <Monogram name={client.name} logoUrl={client.logoUrl} size="size-12 rounded-[12px] text-[20px]" />
      <h1 className="mt-4 text-balance font-semibold text-[24px] leading-tight tracking-tight wrap-anywhere">
        {client.name} asks for access
      </h1>
      <p className="mt-2 text-pretty text-soft wrap-anywhere">
        {returnsTo ? (
          <>
            It wants to use your account at {tenant.name}. Your answer goes to{' '}
            <span className="font-mono text-[13px] text-ink">{returnsTo}</span>.
          </>
        ) : (
          <>It wants to use your account at {tenant.name}, on the device whose code you entered.</>
        )}
      </p>
      {user ? (
        <div className="mt-5 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-xl bg-sunk px-3.5 py-2.5">
          <p className="min-w-0 flex-1 basis-40 text-[14px]">
            <span className="block text-[13px] text-soft">Signed in as</span>
            <span className="block truncate font-medium" title={user.username}>
              {user.username}
            </span>
          </p>
          <Button look="quiet" className={alive ? '' : 'invisible'} onClick={() => answer('switchAccount')}>
            Use another account
          </Button>
        </div>
      ) : null}
      <h2 className="mt-5 mb-2 font-semibold text-[13px]">{client.name} could</h2>
      <ScopeList scopes={scopes} />
      {returnsTo ? null : (
        <div className="mt-4">
          <Notice tone="warn" title="Did you begin this yourself?">
            Allow it only if the code came from a device in front of you. Whoever sent you a code would get this access.
          </Notice>
        </div>
      )}
      <Status
        stage={stage}
        refusal={refusal}
        words={{ check: 'Waiting for the server.', done: 'Done. Going on.' }}
        className="mt-4"
      />
      <div className={`mt-6 flex gap-2.5 ${alive ? '' : 'invisible'}`}>
        <Button look="secondary" className="flex-1" onClick={() => answer('deny')}>
          Deny
        </Button>
        <Button className="flex-1" onClick={() => answer('allow')}>
          Allow
        </Button>
      </div>
      <p className="mt-4 text-[13px] text-soft">
        You can take it back at any time under{' '}
        <a
          href="/account/grants"
          target="_blank"
          rel="noreferrer"
          className="whitespace-nowrap text-accent underline underline-offset-4"
        >
          your apps
          <span className="sr-only"> (opens a new tab)</span>
        </a>
        .
      </p>
    </>
  )
}

function consentWords({ code }: Refusal): Partial<Refusal> {
  return code === 'interaction_unknown' ? over : {}
}
