import Link from 'next/link'
import type { ClientView } from '#lib/contract/oauth.ts'
import { Monogram } from '../../../playground/setup/monogram.tsx'
import { Badge } from '../../../ui/badge.tsx'
import { Time } from '../../../ui/time.tsx'
import { Fact } from '../../fact.tsx'
import { TypeBadge } from '../../keys/key-badges.tsx'
import { ClientId } from '../client-id.tsx'
import { grantWords, typeWords } from '../client-words.ts'
import { clientPath } from '../paths.ts'

/** One client in the list: what it is, what it may ask for, where people go back to. */
export function ClientCard({ client }: { client: ClientView }) {
  const { clientId, name, type, environment, scopes, grants, redirectUris, logoUrl, createdAt } = client
  return (
    <li className="@container rounded-card border border-line bg-card p-4 shadow-lift sm:px-5">
      <div className="grid gap-x-8 gap-y-3 @4xl:grid-cols-[minmax(0,1fr)_minmax(0,1.25fr)]">
        <div className="flex min-w-0 items-start gap-3.5">
          <Monogram name={name} logoUrl={logoUrl} />
          <div className="min-w-0">
            <h2 className="flex flex-wrap items-center gap-x-2.5 gap-y-1 font-semibold text-[16px] leading-6">
              <Link
                href={clientPath(clientId)}
                prefetch={false}
                className="wrap-anywhere underline-offset-4 hover:underline"
              >
                {name}
              </Link>
              <TypeBadge type={environment} />
              <Badge>{typeWords[type].label}</Badge>
            </h2>
            <ClientId id={clientId} of={name} />
          </div>
        </div>
        <dl className="grid grid-cols-2 gap-x-4 gap-y-2 border-line text-[13px] @max-4xl:border-t @max-4xl:pt-3 @lg:grid-cols-[5rem_6rem_minmax(0,1fr)]">
          <Fact term="Scopes">
            <span title={scopes.join(', ')}>{scopes.length}</span>
          </Fact>
          <Fact term="Created">
            <Time iso={createdAt} />
          </Fact>
          <Fact term={redirectUris.length ? 'Redirect URIs' : 'Gets tokens by'} className="@max-lg:col-span-2">
            {redirectUris.length ? (
              <RedirectUris uris={redirectUris} />
            ) : (
              <span className="font-mono">{grants.map((grant) => grantWords[grant].name).join(', ')}</span>
            )}
          </Fact>
        </dl>
      </div>
    </li>
  )
}

/** The first two; of more, how many. */
function RedirectUris({ uris }: { uris: readonly string[] }) {
  const more = uris.length - 2
  return (
    <ul>
      {uris.slice(0, 2).map((uri) => (
        <li key={uri} title={uri} className="truncate font-mono text-[12.5px]">
          {uri}
        </li>
      ))}
      {more > 0 ? <li className="text-soft">and {more} more</li> : null}
    </ul>
  )
}
