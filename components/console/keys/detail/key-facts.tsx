import type { ConsoleKey } from '#lib/contract/console.ts'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { Time } from '../../../ui/time.tsx'
import { Fact } from '../../fact.tsx'
import { StateBadge, TypeBadge } from '../key-badges.tsx'
import { KeyRotation, type OtherKeys } from '../list/key-rotation.tsx'
import { Sparkline } from '../list/sparkline.tsx'
import { OpenInPlayground } from '../secret/open-in-playground.tsx'
import { tierWords } from '../tier-words.ts'

/** What is known of a key, and how it was used. */
export function KeyFacts({ item }: { item: ConsoleKey }) {
  const { id, hint, type, status, createdAt, lastUsedAt, expiresAt, revokedAt, activity, rotation } = item
  return (
    <section aria-label="Facts" className="@container rounded-card border border-line bg-card p-4 shadow-lift sm:p-5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <TypeBadge type={type} />
        <StateBadge item={item} />
        <code className="min-w-0 font-mono text-[13.5px] text-soft wrap-anywhere">{hint}</code>
      </div>
      <div className="mt-4 grid gap-x-8 gap-y-5 @3xl:grid-cols-[minmax(0,1fr)_minmax(0,1.2fr)]">
        <dl className="grid grid-cols-2 content-start gap-x-4 gap-y-2.5 text-[14px]">
          <Fact term="Created">
            <Time iso={createdAt} />
          </Fact>
          <Fact term="Last used">{lastUsedAt ? <Time iso={lastUsedAt} /> : 'never'}</Fact>
          <Fact term={status === 'expired' ? 'Expired' : 'Expires'}>
            {expiresAt ? <Time iso={expiresAt} /> : 'never'}
          </Fact>
          {revokedAt ? (
            <Fact term="Revoked">
              <Time iso={revokedAt} />
            </Fact>
          ) : (
            <Fact term="Tier">{tierWords(item)}</Fact>
          )}
          <Fact term="Id">
            <span className="flex items-center gap-1">
              <code className="font-mono text-[13px] wrap-anywhere">{id}</code>
              <CopyButton small text={id} label="Copy key id" />
            </span>
          </Fact>
        </dl>
        <Sparkline days={activity.days} large />
      </div>
      {activity.rotationDue && status === 'active' && !rotation ? (
        <div className="mt-4">
          <Notice tone="warn" title="Due for rotation">
            It is more than 90 days old. The longer a key lives, the more places it may have leaked to.{' '}
            <a href={`/console/keys/${id}/rotate`} className="text-ink underline underline-offset-2">
              Replace it in four steps
            </a>
            .
          </Notice>
        </div>
      ) : null}
      <KeyRotation item={item} others={none} />
      {type === 'test' && status === 'active' ? (
        <div className="mt-4">
          <OpenInPlayground id={id} />
        </div>
      ) : null}
    </section>
  )
}

const none: OtherKeys = new Map()
