'use client'

import { useRef, useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { Card } from '../../card.tsx'
import { ChangeError } from '../../change-error.tsx'
import { consoleClient } from '../../console-client.ts'
import { FirstCall } from '../../first-call.tsx'
import { useShown } from '../../frame/use-environment.ts'
import { LoadError } from '../../load-error.tsx'
import { RenameDialog } from '../../rename-dialog.tsx'
import { Fixed, Only } from '../../role.tsx'
import { useData } from '../../use-data.ts'
import { useTitle } from '../../use-title.ts'
import { BackToKeys } from '../back-to-keys.tsx'
import { RevokeDialog } from '../revoke-dialog.tsx'
import { KeyAllowlist } from './key-allowlist.tsx'
import { KeyExpiry } from './key-expiry.tsx'
import { KeyFacts } from './key-facts.tsx'
import { KeyScopes } from './key-scopes.tsx'

/** One key: what it is, how it is used, and everything that can be changed of it. */
export function KeyPage({ id }: { id: string }) {
  const { data: item, error, reload } = useData(() => consoleClient.keys.read(id), [id], { every: 30_000 })
  useTitle(item?.name)
  useShown(item?.type)
  const heading = useRef<HTMLHeadingElement>(null)
  const [asked, ask] = useState<'rename' | 'revoke'>()
  if (!item) {
    return error ? (
      <>
        <BackToKeys />
        <h1 className="mt-2 font-semibold text-[24px] leading-8 tracking-tight">Key</h1>
        <div className="mt-4">
          <LoadError error={error} onRetry={reload} />
        </div>
      </>
    ) : (
      <Skeleton label="Reading the key" rows={3} height="h-44" />
    )
  }
  const works = item.status === 'active'
  return (
    <>
      <BackToKeys environment={item.type} />
      <div className="mt-2 mb-5 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <h1
          ref={heading}
          tabIndex={-1}
          className="min-w-0 flex-1 outline-none basis-64 font-semibold text-[24px] leading-8 tracking-tight wrap-anywhere"
        >
          {item.name}
        </h1>
        {works ? (
          <Only least="developer" to="change this key">
            <div className="flex flex-wrap gap-2">
              <Button look="small" onClick={() => ask('rename')}>
                Rename
              </Button>
              <a href={`/console/keys/${id}/rotate`} className={smallLink}>
                {item.rotation ? 'Continue rotation' : 'Rotate'}
              </a>
              <Button look="small" className="text-bad! hover:border-bad!" onClick={() => ask('revoke')}>
                Revoke
              </Button>
            </div>
          </Only>
        ) : null}
      </div>
      <ChangeError error={error} className="mb-4" />
      <div className="space-y-4">
        <KeyFacts item={item} />
        <div className="grid items-start gap-4 xl:grid-cols-2">
          <div className="space-y-4">
            <Fixed least="developer">
              <KeyScopes item={item} onChanged={reload} />
              {works ? <KeyExpiry item={item} onChanged={reload} /> : null}
            </Fixed>
          </div>
          <KeyAllowlist item={item} onChanged={reload} />
        </div>
        {works ? (
          <Card title="Use it">
            <FirstCall baseUrl={location.origin} />
          </Card>
        ) : null}
      </div>
      {asked === 'rename' ? (
        <RenameDialog
          title="Rename the key"
          name={item.name}
          note="People read it. What uses the key notices nothing."
          fresh={item.type === 'live'}
          onClose={() => ask(undefined)}
          onRename={async (api, name) => {
            await api.keys.update(item.id, { name })
            await reload()
          }}
        />
      ) : null}
      <RevokeDialog
        item={item}
        open={asked === 'revoke'}
        onClose={() => ask(undefined)}
        onRevoked={async () => {
          await reload()
          heading.current?.focus()
        }}
      />
    </>
  )
}

const smallLink =
  'inline-flex items-center rounded-lg border border-line-strong bg-card px-3 py-1 font-medium text-[13px] leading-5 transition-colors hover:border-faint hover:bg-sunk'
