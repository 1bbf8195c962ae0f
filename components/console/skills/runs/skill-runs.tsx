'use client'

import { useState } from 'react'
import type { Environment } from '#lib/contract/environment.ts'
import type { ManagedRun, ManagedRunList } from '#lib/contract/skills.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { Time } from '../../../ui/time.tsx'
import { Card } from '../../card.tsx'
import { consoleClient } from '../../console-client.ts'
import { LoadError } from '../../load-error.tsx'
import { LoadMore } from '../../load-more.tsx'
import { priceWords } from '../../money.ts'
import { Row, Rows } from '../../row.tsx'
import { useData } from '../../use-data.ts'
import { usePages } from '../../use-pages.ts'
import { reasonWords } from '../skill-words.ts'
import { RunDetail } from './run-detail.tsx'

interface Props {
  environment: Environment
  /** One skill's alone. */
  skillId?: string
  /** Changes when there is a new run. */
  turn?: number
}

type Listed = ManagedRunList['data'][number]

/** Runs of an environment, newest first and kept current, each with its detail. */
export function SkillRuns({ environment, skillId, turn = 0 }: Props) {
  const query = skillId === undefined ? {} : { skillId }
  const { items, more, error, again, reading } = usePages<Listed, ManagedRunList>(
    { environment, ...query, turn },
    (cursor) => consoleClient.skills.runs.list(environment, { limit: 20, ...query, ...(cursor ? { cursor } : {}) }),
    { every: 5_000 },
  )
  const [open, setOpen] = useState<string>()
  return (
    <Card title="Runs" note="Of the last 30 days. Of an input only size and hash are kept, of an output a day.">
      {!items ? (
        error ? (
          <LoadError error={error} onRetry={again} />
        ) : (
          <Skeleton label="Reading the runs" rows={2} height="h-12" />
        )
      ) : items.length === 0 ? (
        <p className="text-[14px] text-soft">Nothing ran yet.</p>
      ) : (
        <Rows label="Runs">
          {items.map((run) => (
            <Row
              key={run.id}
              title={skillId === undefined ? run.skillId : <code className="font-mono text-[13px]">{run.id}</code>}
              badges={<StatusBadge status={run.status} />}
              facts={[
                <Time key="at" iso={run.startedAt} />,
                run.durationMs === null ? null : `${run.durationMs.toLocaleString('en')} ms`,
                run.error ? reasonWords[run.error.reason] : priceWords(run.cost),
                `by ${run.actor.name}`,
              ]}
              action={
                <Button look="small" aria-label={`Show run ${run.id}`} onClick={() => setOpen(run.id)}>
                  Show
                </Button>
              }
            />
          ))}
        </Rows>
      )}
      <LoadMore more={more} reading={reading} />
      <Dialog
        open={open !== undefined}
        onClose={() => setOpen(undefined)}
        title="Run"
        actions={
          <Button look="secondary" onClick={() => setOpen(undefined)}>
            Close
          </Button>
        }
      >
        {open === undefined ? null : <Read environment={environment} id={open} />}
      </Dialog>
    </Card>
  )
}

function Read({ environment, id }: { environment: Environment; id: string }) {
  const { data, error, reload } = useData<ManagedRun>(
    () => consoleClient.skills.runs.read(environment, id),
    [environment, id],
  )
  if (data) return <RunDetail run={data} />
  return error ? (
    <LoadError error={error} onRetry={reload} />
  ) : (
    <Skeleton label="Reading the run" rows={1} height="h-32" />
  )
}

const looks = {
  running: ['warn', 'Under way'],
  succeeded: ['ok', 'Succeeded'],
  failed: ['bad', 'Failed'],
} as const

export function StatusBadge({ status }: { status: Listed['status'] }) {
  const [tone, words] = looks[status]
  return <Badge tone={tone}>{words}</Badge>
}
