'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { Environment } from '#lib/contract/environment.ts'
import { Button } from '../../../ui/button.tsx'
import { CodeBlock } from '../../../ui/code-block.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { Time } from '../../../ui/time.tsx'
import { BackLink } from '../../back-link.tsx'
import { Card } from '../../card.tsx'
import { ChangeError } from '../../change-error.tsx'
import { Confirm } from '../../confirm.tsx'
import { consoleClient } from '../../console-client.ts'
import { Fact } from '../../fact.tsx'
import { useShown } from '../../frame/use-environment.ts'
import { TypeBadge } from '../../keys/key-badges.tsx'
import { LoadError } from '../../load-error.tsx'
import { priceWords } from '../../money.ts'
import { Fixed, Only } from '../../role.tsx'
import { useData } from '../../use-data.ts'
import { useTitle } from '../../use-title.ts'
import { skillsPath } from '../paths.ts'
import { SkillRuns } from '../runs/skill-runs.tsx'
import { pretty } from '../schema/schema-text.ts'
import { runsWords } from '../skill-words.ts'
import { SkillChange } from './skill-change.tsx'
import { SkillExecution } from './skill-execution.tsx'
import { SkillSecret } from './skill-secret.tsx'
import { SkillTry } from './skill-try.tsx'

/** One skill: what it is, a test run of it, its runs; of the tenant's own, everything that can be changed. */
export function SkillPage({ environment, id }: { environment: Environment; id: string }) {
  const [removing, setRemoving] = useState(false)
  const {
    data: skill,
    error,
    reload,
  } = useData(() => consoleClient.skills.read(environment, id), [environment, id], removing ? {} : { every: 10_000 })
  const [turn, setTurn] = useState(0)
  const afterRun = () => {
    setTurn(turn + 1)
    void reload()
  }
  const router = useRouter()
  useTitle(skill?.name)
  // Not before it was read: what the address is made to say while the page begins to live does not reach the frame.
  useShown(skill || error ? environment : undefined)
  const back = <BackLink href={skillsPath(environment)}>Skills</BackLink>
  if (!skill) {
    return error ? (
      <>
        {back}
        <h1 className="mt-2 mb-4 font-semibold text-[24px] leading-8 tracking-tight">Skill</h1>
        <LoadError error={error} onRetry={reload} />
      </>
    ) : (
      <Skeleton label="Reading the skill" rows={3} height="h-44" />
    )
  }
  const { name, description, price, version, runs, remote } = skill
  return (
    <>
      {back}
      <div className="mt-2 mb-5 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-64">
          <h1 className="font-semibold text-[24px] leading-8 tracking-tight wrap-anywhere">{name}</h1>
          {description ? <p className="mt-1 max-w-[72ch] text-pretty text-soft">{description}</p> : null}
        </div>
        {remote ? (
          <Only least="developer" to="change this skill">
            <Button look="small" className="text-bad! hover:border-bad!" onClick={() => setRemoving(true)}>
              Remove
            </Button>
          </Only>
        ) : null}
      </div>
      <ChangeError error={error} className="mb-4" />
      <div className="space-y-4 *:min-w-0">
        <Card title="Facts" actions={<TypeBadge type={environment} />}>
          <dl className="grid grid-cols-2 gap-x-4 gap-y-3 text-[14px] sm:grid-cols-4 *:wrap-anywhere">
            <Fact term="Id">
              <code className="font-mono text-[13px]">{id}</code>
            </Fact>
            <Fact term="Price">{priceWords(price)}</Fact>
            <Fact term="Version">{version}</Fact>
            <Fact term="Runs, 30 days">{runsWords(runs)}</Fact>
            {remote ? (
              <>
                <Fact term="Endpoint" className="col-span-2">
                  <code className="font-mono text-[13px]">{remote.url}</code>
                </Fact>
                <Fact term="Timeout">{remote.timeoutSeconds} s</Fact>
                <Fact term="Registered">
                  <Time iso={remote.createdAt} />
                </Fact>
              </>
            ) : null}
          </dl>
        </Card>
        <Fixed least="developer" to="try this skill">
          <SkillTry skill={skill} onRun={afterRun} />
        </Fixed>
        <SkillRuns environment={environment} skillId={id} turn={turn} />
        <SkillExecution skill={skill} />
        {remote ? <SkillSecret skill={skill} onChanged={reload} /> : null}
        {remote ? (
          <Fixed least="developer">
            <SkillChange skill={skill} onChanged={reload} />
          </Fixed>
        ) : (
          <Card title="Schemas" note="What goes in, and what comes out.">
            <div className="grid gap-4 xl:grid-cols-2 *:min-w-0">
              <CodeBlock code={pretty(skill.inputSchema)} label="input schema" />
              <CodeBlock code={pretty(skill.outputSchema)} label="output schema" />
            </div>
          </Card>
        )}
      </div>
      <Confirm
        open={removing}
        onClose={() => setRemoving(false)}
        fresh={environment === 'live'}
        title={`Remove “${name}”?`}
        action="Remove skill"
        onConfirm={async (api) => {
          await api.skills.remove(environment, id)
          router.push(skillsPath(environment))
        }}
      >
        <p>Whoever executes it is told from the next request on that there is no such skill. Its secret is gone.</p>
        <p className="text-soft">Its runs stay to be read until they are 30 days old.</p>
      </Confirm>
    </>
  )
}
