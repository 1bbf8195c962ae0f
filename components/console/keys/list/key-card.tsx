import Link from 'next/link'
import type { ConsoleKey } from '#lib/contract/console.ts'
import { Time } from '../../../ui/time.tsx'
import { Fact } from '../../fact.tsx'
import { ScopeWords } from '../create/scope-words.tsx'
import { StateBadge, TypeBadge } from '../key-badges.tsx'
import { tierWords } from '../tier-words.ts'
import { KeyRotation, type OtherKeys } from './key-rotation.tsx'
import { Sparkline } from './sparkline.tsx'

interface Props {
  item: ConsoleKey
  others: OtherKeys
}

/** One key in the list: what it is, what it may do, how it lives. */
export function KeyCard({ item, others }: Props) {
  const { id, name, hint, type, scopes, createdAt, lastUsedAt, expiresAt, revokedAt, activity } = item
  const over = item.status !== 'active'
  return (
    <li className="@container rounded-card border border-line bg-card p-4 shadow-lift sm:px-5">
      <div className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-6 gap-y-3 @4xl:grid-cols-[minmax(0,1fr)_27rem_7rem]">
        <div className="col-span-2 min-w-0 @lg:col-span-1">
          <h2 className="flex flex-wrap items-center gap-x-2.5 gap-y-1 font-semibold text-[16px] leading-6">
            <Link
              href={`/console/keys/${id}`}
              prefetch={false}
              className={`wrap-anywhere underline-offset-4 hover:underline ${over ? 'text-soft' : ''}`}
            >
              {name}
            </Link>
            <TypeBadge type={type} />
            <StateBadge item={item} />
          </h2>
          <code className="mt-0.5 mb-1 block font-mono text-[13px] text-soft wrap-anywhere">{hint}</code>
          <ScopeWords scopes={scopes} label={`Scopes of ${name}`} />
        </div>
        <div className="@max-lg:col-span-2 @4xl:order-last">
          <Sparkline days={activity.days} />
        </div>
        <dl className="col-span-2 grid grid-cols-2 gap-x-4 gap-y-2 border-line text-[13px] @max-4xl:border-t @max-4xl:pt-3 @lg:grid-cols-4 @4xl:col-span-1">
          <Fact term="Created">
            <Time iso={createdAt} />
          </Fact>
          <Fact term="Last used">{lastUsedAt ? <Time iso={lastUsedAt} /> : 'never'}</Fact>
          {revokedAt ? (
            <Fact term="Revoked">
              <Time iso={revokedAt} />
            </Fact>
          ) : (
            <Fact term={item.status === 'expired' ? 'Expired' : 'Expires'}>
              {expiresAt ? <Time iso={expiresAt} /> : 'never'}
            </Fact>
          )}
          <Fact term="Tier">{tierWords(item)}</Fact>
        </dl>
      </div>
      <KeyRotation item={item} others={others} />
    </li>
  )
}
