'use client'

import { useState } from 'react'
import type { ConsoleKey } from '#lib/contract/console.ts'
import { scopesOfKeys } from '#lib/contract/operations.ts'
import { type Scope, scopes as sentences } from '#lib/contract/scopes.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { Card } from '../../card.tsx'
import { ChangeError } from '../../change-error.tsx'
import { SaveBar } from '../../save-bar.tsx'
import { useChange } from '../../use-change.ts'
import { adminAmong } from '../create/scope-groups.ts'

interface Props {
  item: ConsoleKey
  onChanged: () => Promise<void>
}

/** What the key may do, with advice on what it does not use. Permissions can be taken away, never added. */
export function KeyScopes({ item, onChanged }: Props) {
  const { id, scopes, status, activity } = item
  const works = status === 'active'
  const [unticked, untick] = useState<readonly string[]>([])
  const kept = scopes.filter((scope) => !unticked.includes(scope))
  const away = scopes.length - kept.length
  const change = useChange()
  const unused = works ? activity.unusedScopes.filter((scope) => scopes.includes(scope)) : []
  // Of other scopes no request comes by here: there is no advice on them.
  const unseen = scopes.filter((scope) => !scopesOfKeys.has(scope))
  const advised = unused.some((scope) => kept.includes(scope))

  async function save(): Promise<boolean> {
    const saved = await change.run(
      (api) => api.keys.update(id, { scopes: kept as Scope[] }),
      item.type === 'live' && 'fresh',
    )
    if (!saved) return false
    await onChanged()
    untick([])
    return true
  }

  return (
    <Card
      title="Permissions"
      note={
        works
          ? 'Untick what it does not need. A permission that is gone does not come back: that takes a new key.'
          : undefined
      }
    >
      {unused.length ? (
        <div className="mb-4">
          <Notice
            tone="warn"
            title={
              unused.length === 1
                ? 'A permission was not used in 30 days'
                : `${unused.length} permissions were not used in 30 days`
            }
          >
            <span className="font-mono text-[12.5px]">{unused.join(', ')}</span>. What a key does not hold, a thief
            cannot use.
            {unused.length < scopes.length ? (
              <span className="block">
                <Button look="quiet" onClick={() => untick(advised ? [...new Set([...unticked, ...unused])] : [])}>
                  {`${advised ? 'Untick' : 'Keep'} ${unused.length === 1 ? 'it' : 'them'}`}
                </Button>
              </span>
            ) : null}
          </Notice>
        </div>
      ) : null}
      <div className="space-y-2.5">
        {scopes.map((scope) => (
          <Checkbox
            key={scope}
            label={<span className="font-mono text-[13.5px]">{scope}</span>}
            note={
              <>
                {sentences[scope as Scope] ?? 'Unknown'}.{' '}
                {adminAmong([scope]).length ? <Badge tone="bad">admin</Badge> : null}{' '}
                {unused.includes(scope) ? <Badge tone="warn">not used in 30 days</Badge> : null}
              </>
            }
            checked={kept.includes(scope)}
            disabled={!works}
            onToggle={(on) => untick(on ? unticked.filter((each) => each !== scope) : [...unticked, scope])}
          />
        ))}
      </div>
      {works && unseen.length ? (
        <p className="mt-4 text-[13px] text-soft">
          The use of {unseen.join(', ')} is not counted here, so there is no advice on{' '}
          {unseen.length === 1 ? 'it' : 'them'}.
        </p>
      ) : null}
      <ChangeError error={change.error} className="mt-4" />
      {kept.length ? null : (
        <p role="alert" className="mt-4 text-[14px] text-bad">
          A key needs at least one permission. To end it, revoke it.
        </p>
      )}
      <SaveBar
        edited={away > 0}
        change={change}
        label={`Take away ${away === 1 ? '1 permission' : `${away} permissions`}`}
        onSave={async () => kept.length > 0 && save()}
        onUndo={() => untick([])}
      />
    </Card>
  )
}
