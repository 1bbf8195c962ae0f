'use client'

import Link from 'next/link'
import { useState } from 'react'
import type { AuditEvent } from '#lib/contract/audit.ts'
import { Button } from '../../ui/button.tsx'
import { CodeBlock } from '../../ui/code-block.tsx'
import { exactTime } from '../../ui/relative-time.ts'
import { logsPath } from '../logs/logs-view.ts'
import { userPath } from '../users/paths.ts'
import { AuditChanges } from './audit-changes.tsx'
import { changesOf } from './audit-difference.ts'

const link = 'font-medium text-accent underline-offset-4 hover:underline'

/** An event in full: what changed, what stayed, who and what by their ids; and all of it as it is kept. */
export function AuditDetail({ event }: { event: AuditEvent }) {
  const [raw, set] = useState(false)
  const { action, actor, target, user, environment, requestId, at } = event
  const changes = changesOf(event)
  const page = pageOf(event)
  return (
    <div className="space-y-3.5">
      {changes.length ? (
        <AuditChanges changes={changes} made={!event.before} ended={!event.after} />
      ) : (
        <p className="text-[14px] text-soft">This event has no before and no after.</p>
      )}
      <dl className="grid gap-x-6 gap-y-1 text-[13px] sm:grid-cols-[auto_minmax(0,1fr)] [&>dt]:text-faint">
        <dt>When</dt>
        <dd>{exactTime(Date.parse(at))}</dd>
        <dt>Action</dt>
        <dd className="font-mono">{action}</dd>
        <dt>Done by</dt>
        <dd className="wrap-anywhere">
          {['key', 'user', 'member'].includes(actor.type) ? `${actor.name}, ${actor.type} ` : `${actor.name} `}
          <span className="font-mono text-soft">{actor.id}</span>
        </dd>
        <dt>Done to</dt>
        <dd className="wrap-anywhere">
          {target.name} <span className="font-mono text-soft">{target.id}</span>
          {page ? (
            <Link href={page.href} prefetch={false} className={`ml-3 ${link}`}>
              {page.label}
            </Link>
          ) : null}
        </dd>
        {user ? (
          <>
            <dt>About</dt>
            <dd className="wrap-anywhere">
              {user.username} <span className="font-mono text-soft">{user.id}</span>
              <Link href={auditPath(user.username, environment)} className={`ml-3 ${link}`}>
                Everything about {user.username}
              </Link>
              {environment && action !== 'user.deleted' ? (
                <Link href={userPath(user.id, environment)} prefetch={false} className={`ml-3 ${link}`}>
                  Go to the user
                </Link>
              ) : null}
            </dd>
          </>
        ) : null}
        {environment && requestId && isInLog(event) ? (
          <>
            <dt>Request</dt>
            <dd>
              <Link href={logsPath(environment, { request: requestId })} prefetch={false} className={link}>
                Open it in Logs
              </Link>
            </dd>
          </>
        ) : null}
      </dl>
      <Button look="small" aria-expanded={raw} onClick={() => set(!raw)}>
        {raw ? 'Hide the JSON' : 'Show as JSON'}
      </Button>
      {raw ? <CodeBlock code={JSON.stringify(event, null, 2)} label="event" /> : null}
    </div>
  )
}

/** Logs has the API's requests: those of keys, of which a sign-in names its key. */
function isInLog({ actor, after }: AuditEvent): boolean {
  return actor.type === 'key' || typeof after?.keyId === 'string'
}

function auditPath(user: string, environment: AuditEvent['environment']): string {
  return `/console/audit?${new URLSearchParams({ user, ...(environment === 'live' ? { environment } : {}) })}`
}

/** The page of what an event was done to, where there is one. */
function pageOf({ action, target }: AuditEvent): { href: string; label: string } | undefined {
  const id = encodeURIComponent(target.id)
  if (action.startsWith('key.')) return { href: `/console/keys/${id}`, label: 'Go to the key' }
  if (action.startsWith('client.') && action !== 'client.deleted')
    return { href: `/console/oauth-clients/${id}`, label: 'Go to the client' }
  return undefined
}
