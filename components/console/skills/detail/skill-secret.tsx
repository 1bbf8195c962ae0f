'use client'

import { useRef, useState } from 'react'
import type { ManagedSkill } from '#lib/contract/skills.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { Time } from '../../../ui/time.tsx'
import { busyWords } from '../../busy-words.ts'
import { Card } from '../../card.tsx'
import { ChangeError } from '../../change-error.tsx'
import { ShownOnce } from '../../shown-once.tsx'
import { useChange } from '../../use-change.ts'
import { VerifyCode } from './verify-code.tsx'

interface Props {
  skill: ManagedSkill
  onChanged: () => Promise<void>
}

/** The secret that signs a skill's calls, how to verify them, and how to rotate it. */
export function SkillSecret({ skill: { environment, id, remote }, onChanged }: Props) {
  const [made, setMade] = useState<string>()
  const place = useRef<HTMLDivElement>(null)
  const change = useChange()

  async function rotate() {
    const rotated = await change.run(
      (api) => api.skills.rotateSecret(environment, id),
      environment === 'live' && 'fresh',
    )
    if (rotated) setMade(rotated.secret)
  }

  async function stored() {
    setMade(undefined)
    await onChanged()
    setTimeout(() => place.current?.focus())
  }

  if (made !== undefined) {
    return (
      <ShownOnce title="The new secret" secret={made} what="secret" onDone={stored}>
        <p className="mt-4 text-[14px] text-soft">
          Calls are signed with both secrets for a day: deploy this one to your endpoint meanwhile.
        </p>
      </ShownOnce>
    )
  }
  return (
    <div ref={place} tabIndex={-1} className="outline-none">
      <Card
        title="Signature"
        note={
          <>
            Each call is signed with the secret <code className="font-mono text-[13px]">{remote?.secretHint}</code>, by
            the headers of Standard Webhooks.
          </>
        }
        actions={
          <Button look="small" onClick={rotate}>
            {busyWords(change, 'Rotate the secret', 'Rotating')}
          </Button>
        }
      >
        {remote?.previousSecretUntil ? (
          <div className="mb-4">
            <Notice tone="warn" title="Two secrets sign">
              The one before signs, too, until <Time iso={remote.previousSecretUntil} />.
            </Notice>
          </div>
        ) : null}
        <ChangeError error={change.error} className="mb-4" />
        <VerifyCode />
      </Card>
    </div>
  )
}
