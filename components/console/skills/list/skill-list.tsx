'use client'

import type { Environment } from '#lib/contract/environment.ts'
import type { ManagedSkill } from '#lib/contract/skills.ts'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { ChangeError } from '../../change-error.tsx'
import { consoleClient } from '../../console-client.ts'
import { LoadError } from '../../load-error.tsx'
import { useData } from '../../use-data.ts'
import { SkillRuns } from '../runs/skill-runs.tsx'
import { SkillCard } from './skill-card.tsx'
import { SkillsEmpty } from './skills-empty.tsx'

/** An environment's skills, the tenant's own first, and what ran lately. */
export function SkillList({ environment }: { environment: Environment }) {
  const { data, error, reload } = useData(() => consoleClient.skills.list(environment), [environment], {
    every: 30_000,
    keep: `skills ${environment}`,
  })
  if (!data) {
    return error ? (
      <LoadError error={error} onRetry={reload} />
    ) : (
      <Skeleton label="Reading the skills" rows={3} height="h-28" />
    )
  }
  const own = data.data.filter(({ remote }) => remote)
  const builtIn = data.data.filter(({ remote }) => !remote)
  return (
    <div className="space-y-6">
      <ChangeError error={error} />
      {own.length ? <Group title="Your own" skills={own} /> : <SkillsEmpty environment={environment} />}
      <Group title="Built in" skills={builtIn} />
      <SkillRuns environment={environment} />
    </div>
  )
}

function Group({ title, skills }: { title: string; skills: readonly ManagedSkill[] }) {
  return (
    <section>
      <h2 className="mb-2.5 font-semibold text-[17px] leading-6">{title}</h2>
      <ul aria-label={title} className="space-y-3">
        {skills.map((skill) => (
          <SkillCard key={skill.id} skill={skill} />
        ))}
      </ul>
    </section>
  )
}
