'use client'

import { useEffect, useRef } from 'react'
import type { Environment } from '#lib/contract/environment.ts'
import type { ConsoleLogEntry, LogEntry } from '#lib/contract/logs.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
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
  onClose: () => void
}

/** One request, opened: what it came to and why, what to do, and what is known of it; or why it is not here. */
export function LogPane({ requestId, environment, line, onFilter, onClose }: Props) {
  const known: ConsoleLogEntry | undefined = line && { ...line, environment }
  const { data, error, reload } = useData(async () => known ?? (await consoleClient.logs.get(requestId)), [requestId])
  const entry = known ?? data
  const gone = error?.code === 'not_found' ? error : undefined
  const place = useRef<HTMLDivElement>(null)
  // Who opened it from the list beside it stays there; anybody else is brought here, where it may be out of sight.
  useEffect(() => {
    const beside = matchMedia('(width >= 64rem)').matches && document.activeElement?.matches('[data-request]')
    if (!beside) place.current?.focus()
  }, [])

  return (
    <div
      ref={place}
      tabIndex={-1}
      className="p-4 outline-none sm:p-5 lg:sticky lg:top-0 lg:max-h-dvh lg:overflow-y-auto"
    >
      <div className="mb-2 flex justify-between lg:absolute lg:top-4 lg:right-4 lg:mb-0">
        <Button look="small" onClick={onClose}>
          <Icon name="cross" className="size-3.5 max-lg:hidden" />
          <span className="lg:sr-only">Close the request</span>
        </Button>
      </div>
      {entry ? (
        <LogDetail entry={entry} environment={environment} onFilter={onFilter} />
      ) : gone ? (
        <div className="space-y-3 lg:pt-9">
          <Notice title="This request is not in the log">{gone.detail}</Notice>
          <p className="wrap-anywhere font-mono text-[13px] text-soft">{requestId}</p>
          <Button look="small" onClick={reload}>
            Look again
          </Button>
        </div>
      ) : error ? (
        <LoadError error={error} onRetry={reload} />
      ) : (
        <Skeleton label="Reading the request" rows={5} height="h-7" />
      )}
    </div>
  )
}
