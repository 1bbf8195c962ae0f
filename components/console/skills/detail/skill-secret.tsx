'use client'

import { useRef, useState } from 'react'
import type { ManagedSkill } from '#lib/contract/skills.ts'
import { Button } from '../../../ui/button.tsx'
import { CodeBlock } from '../../../ui/code-block.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { Time } from '../../../ui/time.tsx'
import { Card } from '../../card.tsx'
import { Confirm } from '../../confirm.tsx'
import { useMay } from '../../role.tsx'
import { ShownOnce } from '../../shown-once.tsx'
import { VerifyCode } from './verify-code.tsx'

interface Props {
  skill: ManagedSkill
  onChanged: () => Promise<void>
}

/** The secret that signs a skill's calls, how to verify them, and how to rotate it. */
export function SkillSecret({ skill: { environment, id, remote }, onChanged }: Props) {
  const [made, setMade] = useState<string>()
  const place = useRef<HTMLDivElement>(null)
  const [rotating, rotate] = useState(false)
  const may = useMay('developer')

  async function stored() {
    setMade(undefined)
    await onChanged()
    setTimeout(() => place.current?.focus())
  }

  if (made !== undefined) {
    return (
      <ShownOnce title="The new secret" secret={made} what="secret" kept="encrypted" onDone={stored}>
        <p className="mt-4 mb-2.5 text-[14px] text-soft">
          Calls are signed with both secrets for a day: deploy this one to your endpoint meanwhile.
        </p>
        <CodeBlock code={`export SKILL_SECRET=${made}`} label="environment variable" />
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
          may ? (
            <Button look="small" onClick={() => rotate(true)}>
              Rotate the secret
            </Button>
          ) : null
        }
      >
        {remote?.previousSecretUntil ? (
          <div className="mb-4">
            <Notice tone="warn" title="Two secrets sign">
              The one before signs, too; it ends <Time iso={remote.previousSecretUntil} />.
            </Notice>
          </div>
        ) : null}
        <VerifyCode />
      </Card>
      <Confirm
        open={rotating}
        onClose={() => rotate(false)}
        fresh={environment === 'live'}
        title="Rotate the secret?"
        action="Rotate"
        onConfirm={async (api) => setMade((await api.skills.rotateSecret(environment, id)).secret)}
      >
        <p>
          A new secret is made, and shown once. For 24 hours each call is signed with both, so that your endpoint can be
          given the new one without a gap; after that the old one, {remote?.secretHint}, signs no more.
        </p>
        {remote?.previousSecretUntil ? (
          <p className="text-bad">
            The secret was rotated within the last day: the one before that ends at once, not in its time.
          </p>
        ) : null}
      </Confirm>
    </div>
  )
}
