'use client'

import { useRef, useState } from 'react'
import type { KeyCreated } from '#lib/contract/keys.ts'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { ChangeError } from '../../change-error.tsx'
import { useShown } from '../../frame/use-environment.ts'
import { LoadError } from '../../load-error.tsx'
import { PageHead } from '../../page-head.tsx'
import { useTitle } from '../../use-title.ts'
import { BackToKeys } from '../back-to-keys.tsx'
import { KeySecret } from '../secret/key-secret.tsx'
import { OldKeyEnd } from './old-key-end.tsx'
import { RevokeAnyway } from './revoke-anyway.tsx'
import { RotationPair } from './rotation-pair.tsx'
import { type RotationStage, stageOf } from './rotation-stage.ts'
import { RotationSteps } from './rotation-steps.tsx'
import { StepCreate } from './step-create.tsx'
import { StepDeploy } from './step-deploy.tsx'
import { StepDone } from './step-done.tsx'
import { StepRevoke } from './step-revoke.tsx'
import { StepVerify } from './step-verify.tsx'
import { useRotation } from './use-rotation.ts'

/** Replaces a key in four steps. What traffic shows moves it on, so it can be left and come back to at any time. */
export function RotationPage({ id }: { id: string }) {
  const { data, error, reload } = useRotation(id)
  useTitle(data && `Rotate ${data.item.name}`)
  useShown(data?.item.type)
  const panel = useRef<HTMLDivElement>(null)
  const [fresh, setFresh] = useState<KeyCreated>()
  if (!data) {
    return error ? (
      <>
        <BackToKeys />
        <h1 className="mt-2 font-semibold text-[24px] leading-8 tracking-tight">Rotate a key</h1>
        <div className="mt-4">
          <LoadError error={error} onRetry={reload} />
        </div>
      </>
    ) : (
      <Skeleton label="Reading the rotation" rows={2} height="h-40" />
    )
  }
  const { item, successor } = data
  // While the secret is shown, nothing takes it away: not even a request that was made with it already.
  const stage: RotationStage = fresh ? 'deploy' : stageOf(item, successor)
  /** What had the focus is gone with its step. */
  async function moveOn() {
    await reload()
    panel.current?.focus()
  }
  function shown(created: KeyCreated) {
    setFresh(created)
    void reload()
  }
  return (
    <>
      <BackToKeys environment={item.type} />
      <div className="mt-2">
        <PageHead
          title={`Rotate “${item.name}”`}
          description="A new key takes the place of the old one, and nothing stops working. You can leave and come back at any step."
        />
      </div>
      <RotationSteps stage={stage} />
      <ChangeError error={error} className="mt-4" />
      <div ref={panel} tabIndex={-1} className="mt-4 space-y-4 outline-none">
        {fresh ? (
          <>
            {successor ? <OldKeyEnd item={item} /> : null}
            <KeySecret
              created={fresh}
              title="The new key"
              onDone={async () => {
                await reload()
                setFresh(undefined)
                panel.current?.focus()
              }}
            />
          </>
        ) : stage === 'create' || !successor ? (
          <StepCreate item={item} onCreated={shown} />
        ) : stage === 'deploy' ? (
          <StepDeploy item={item} successor={successor} />
        ) : stage === 'verify' ? (
          <StepVerify data={{ ...data, successor }} />
        ) : stage === 'revoke' ? (
          <StepRevoke item={item} onRevoked={moveOn} />
        ) : (
          <StepDone item={item} successor={successor} />
        )}
        {successor && !fresh ? <RevokeAnyway item={item} stage={stage} onRevoked={moveOn} /> : null}
        <RotationPair data={data} />
      </div>
    </>
  )
}
