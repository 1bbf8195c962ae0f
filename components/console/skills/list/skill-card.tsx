import Link from 'next/link'
import type { ManagedSkill } from '#lib/contract/skills.ts'
import { Time } from '../../../ui/time.tsx'
import { Fact } from '../../fact.tsx'
import { priceWords } from '../../money.ts'
import { skillPath } from '../paths.ts'
import { runsWords } from '../skill-words.ts'

/** One skill in the list: what it does, what it costs, how it has run lately. */
export function SkillCard({ skill }: { skill: ManagedSkill }) {
  const { id, name, description, price, runs, remote } = skill
  return (
    <li className="@container rounded-card border border-line bg-card p-4 shadow-lift sm:px-5">
      <div className="grid gap-x-8 gap-y-3 @4xl:grid-cols-[minmax(0,1fr)_26rem]">
        <div className="min-w-0">
          <h3 className="font-semibold text-[16px] leading-6">
            <Link href={skillPath(skill)} prefetch={false} className="wrap-anywhere underline-offset-4 hover:underline">
              {name}
            </Link>
          </h3>
          <p className="font-mono text-[12.5px] text-soft wrap-anywhere">{id}</p>
          {description ? <p className="mt-1 text-pretty text-[13px] text-soft">{description}</p> : null}
          {remote ? <p className="mt-1 truncate font-mono text-[12.5px] text-faint">{remote.url}</p> : null}
        </div>
        <dl className="grid grid-cols-3 content-start gap-x-4 gap-y-2 border-line text-[13px] @max-4xl:border-t @max-4xl:pt-3">
          <Fact term="Price">{priceWords(price)}</Fact>
          <Fact term="Runs, 30 days">{runsWords(runs)}</Fact>
          <Fact term="Last run">{runs.lastAt ? <Time iso={runs.lastAt} /> : 'never'}</Fact>
        </dl>
      </div>
    </li>
  )
}
