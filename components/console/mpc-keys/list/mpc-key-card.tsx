import Link from 'next/link'
import type { MpcKeyView } from '#lib/contract/mpc-keys.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Time } from '../../../ui/time.tsx'
import { Fact } from '../../fact.tsx'
import { FrozenBadge } from '../frozen-badge.tsx'
import { MpcKeyAddress } from '../mpc-key-address.tsx'
import { nameOf, policyWords, whoSigns } from '../mpc-key-words.ts'
import { mpcKeyPath } from '../paths.ts'

/** One key in the list: what it is, who signs with whom, how it is used. */
export function MpcKeyCard({ of }: { of: MpcKeyView }) {
  const { suite, policy, createdAt, lastSignedAt, signatures } = of
  const name = nameOf(of)
  return (
    <li className="@container rounded-card border border-line bg-card p-4 shadow-lift sm:px-5">
      <div className="grid gap-x-8 gap-y-3 @4xl:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="min-w-0">
          <h3 className="flex flex-wrap items-center gap-x-2.5 gap-y-1 font-semibold text-[16px] leading-6">
            <Link href={mpcKeyPath(of)} prefetch={false} className="wrap-anywhere underline-offset-4 hover:underline">
              {name}
            </Link>
            <Badge>{suite}</Badge>
            <FrozenBadge of={of} />
          </h3>
          <MpcKeyAddress of={of} name={name} />
          <p className="mt-1 text-pretty text-[13px] text-soft">
            {whoSigns(of)} {policyWords(policy)}.
          </p>
        </div>
        <dl className="grid grid-cols-3 content-start gap-x-4 gap-y-2 border-line text-[13px] @max-4xl:border-t @max-4xl:pt-3">
          <Fact term="Created">
            <Time iso={createdAt} />
          </Fact>
          <Fact term="Last signature">{lastSignedAt ? <Time iso={lastSignedAt} /> : 'never'}</Fact>
          <Fact term="Signatures">{signatures.toLocaleString('en')}</Fact>
        </dl>
      </div>
    </li>
  )
}
