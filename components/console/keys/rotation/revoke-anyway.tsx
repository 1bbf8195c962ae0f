'use client'

import { useState } from 'react'
import type { ConsoleKey } from '#lib/contract/console.ts'
import { Button } from '../../../ui/button.tsx'
import { RevokeDialog } from '../revoke-dialog.tsx'
import type { RotationStage } from './rotation-stage.ts'

interface Props {
  item: ConsoleKey
  stage: RotationStage
  onRevoked: () => Promise<void>
}

const why: Partial<Record<RotationStage, string>> = {
  deploy: 'Has the old key leaked? It can be revoked now; what still uses it is refused at once.',
  verify: 'Cannot wait? The old key can be revoked now; what still uses it is refused at once.',
}

/** The way out of waiting. It stands beside the steps, so that a step that ends takes no half-typed answer away. */
export function RevokeAnyway({ item, stage, onRevoked }: Props) {
  const [asked, ask] = useState(false)
  return (
    <>
      {item.status === 'active' && why[stage] ? (
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-card border border-line px-4 py-3">
          <p className="min-w-0 flex-1 basis-64 text-pretty text-[13px] text-soft">{why[stage]}</p>
          <Button look="small" className="text-bad! hover:border-bad!" onClick={() => ask(true)}>
            Revoke anyway
          </Button>
        </div>
      ) : null}
      <RevokeDialog item={item} open={asked} onClose={() => ask(false)} onRevoked={onRevoked} />
    </>
  )
}
