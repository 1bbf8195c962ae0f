import type { AccountGrant } from '#lib/contract/oauth.ts'
import { severalPlaces } from '../interaction/several-places.ts'
import { Monogram } from '../playground/setup/monogram.tsx'
import { Button } from '../ui/button.tsx'
import { Time } from '../ui/time.tsx'
import { useAlive } from '../ui/use-alive.ts'

/** One app: what it may do, and since when. */
export function Grant({ grant, onRevoke }: { grant: AccountGrant; onRevoke: () => void }) {
  const { client, scopes, createdAt, updatedAt, lastUsedAt } = grant
  const placed = severalPlaces(scopes)
  const alive = useAlive()
  return (
    <li className="flex flex-wrap items-start gap-x-3.5 gap-y-3 py-4">
      <Monogram name={client.name} logoUrl={client.logoUrl} />
      <div className="min-w-0 flex-1 basis-40">
        <h3 className="font-semibold leading-5 wrap-anywhere">{client.name}</h3>
        <p className="mt-0.5 text-[13px] text-soft">
          Allowed <Time iso={createdAt} />
          {updatedAt === createdAt ? null : (
            <>
              <span className="text-faint"> · </span>changed <Time iso={updatedAt} />
            </>
          )}
          <span className="text-faint"> · </span>
          {lastUsedAt ? (
            <>
              last used <Time iso={lastUsedAt} />
            </>
          ) : (
            'not used since'
          )}
        </p>
        <ul aria-label={`What ${client.name} may do`} className="mt-2 space-y-1 text-[14px] leading-5">
          {scopes.map(({ scope, words, at }) => (
            <li key={`${scope} ${at}`} title={scope} className="flex gap-2.5">
              <span aria-hidden="true" className="mt-2 size-1 shrink-0 rounded-full bg-line-strong" />
              <span className="min-w-0">
                {words}
                {placed && at ? <span className="text-soft"> {at}</span> : null}
              </span>
            </li>
          ))}
        </ul>
      </div>
      <Button look="small" className={`max-sm:ml-[54px] ${alive ? '' : 'invisible'}`} onClick={onRevoke}>
        <span>
          Revoke access<span className="sr-only"> to {client.name}</span>
        </span>
      </Button>
    </li>
  )
}
