'use client'

import { useId, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Late } from '../../ui/late.tsx'
import type { AttackedClient } from './use-oauth-lab.ts'

const loadBench = () => import('./oauth-bench.tsx')

interface Props extends AttackedClient {
  /** In reports. */
  tenantName: string
}

/** The faults of the code flow. Until it is opened, nothing of it is loaded. */
export function OAuthBreak(props: Props) {
  const [open, toggle] = useState(false)
  const [opened, begin] = useState(false)
  const id = useId()
  return (
    <section aria-label="Break it" className="mt-6 border-line border-t pt-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-72">
          <h3 className="font-semibold">Break it</h3>
          <p className="text-[13px] text-soft">Six attacks on this flow, each tried for real on a flow of its own.</p>
        </div>
        <Button
          look="small"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => {
            begin(true)
            toggle(!open)
          }}
        >
          The six faults
          <Icon name="chevron" className={`size-3.5 transition-transform ${open ? 'rotate-180' : ''}`} />
        </Button>
      </div>
      <div id={id} hidden={!open} className="mt-4">
        {opened ? <Late load={loadBench}>{({ OAuthBench }) => <OAuthBench {...props} />}</Late> : null}
      </div>
    </section>
  )
}
