'use client'

import type { Environment } from '#lib/contract/environment.ts'
import type { ConsoleLogEntry, LogEntry } from '#lib/contract/logs.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { consoleClient } from '../console-client.ts'
import { LoadError } from '../load-error.tsx'
import { useData } from '../use-data.ts'
import { LogDetail } from './log-detail.tsx'

interface Props {
  requestId: string
  environment: Environment
  /** As the log has it, where it is among what is shown. */
  line: LogEntry | undefined
  onFilter: (name: string, value: string) => void
}

/** One request, opened: what it came to and why, what to do, and what is known of it; or why it is not here. */
export function LogPane({ requestId, environment, line, onFilter }: Props) {
  const known: ConsoleLogEntry | undefined = line && { ...line, environment }
  const { data, error, reload } = useData(async () => known ?? (await consoleClient.logs.get(requestId)), [requestId])
  const entry = known ?? data
  if (entry) return <LogDetail entry={entry} environment={environment} onFilter={onFilter} />
  if (!error) return <Skeleton label="Reading the request" rows={5} height="h-7" />
  if (error.code !== 'not_found') return <LoadError error={error} onRetry={reload} />
  return (
    <div className="space-y-3 lg:pt-9">
      <Notice title="This request is not in the log">{error.detail}</Notice>
      <p className="wrap-anywhere font-mono text-[13px] text-soft">{requestId}</p>
      <Button look="small" onClick={reload}>
        Look again
      </Button>
    </div>
  )
}
