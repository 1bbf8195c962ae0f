import type { ClientView } from '#lib/contract/oauth.ts'
import { Monogram } from '../../../playground/setup/monogram.tsx'
import { Badge } from '../../../ui/badge.tsx'
import { Time } from '../../../ui/time.tsx'
import { Fact } from '../../fact.tsx'
import { TypeBadge } from '../../keys/key-badges.tsx'
import { ClientId } from '../client-id.tsx'
import { grantWords, typeWords } from '../client-words.ts'

/** What a client is. */
export function ClientFacts({ client }: { client: ClientView }) {
  const { clientId, name, type, environment, grants, scopes, dpopRequired, logoUrl, createdAt } = client
  return (
    <section
      aria-label="Facts"
      className="@container flex gap-4 rounded-card border border-line bg-card p-4 shadow-lift sm:p-5"
    >
      <Monogram name={name} logoUrl={logoUrl} />
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
          <TypeBadge type={environment} />
          <Badge>{typeWords[type].label}</Badge>
          {dpopRequired ? <Badge tone="ok">DPoP</Badge> : null}
          <ClientId id={clientId} />
        </div>
        <p className="mt-2 max-w-[72ch] text-pretty text-[14px] text-soft">{typeWords[type].note}</p>
        <dl className="mt-3.5 grid grid-cols-2 gap-x-4 gap-y-2.5 text-[14px] @2xl:grid-cols-4">
          <Fact term="Created">
            <Time iso={createdAt} />
          </Fact>
          <Fact term="Scopes">{scopes.length}</Fact>
          <Fact term="Gets tokens by" className="col-span-2">
            <span className="font-mono text-[13px] wrap-anywhere">
              {grants.map((grant) => grantWords[grant].name).join(', ')}
            </span>
          </Fact>
        </dl>
      </div>
    </section>
  )
}
