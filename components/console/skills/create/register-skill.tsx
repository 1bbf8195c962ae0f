'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { Environment } from '#lib/contract/environment.ts'
import type { ManagedSkillWithSecret } from '#lib/contract/skills.ts'
import { CreationForm } from '../../creation/creation-form.tsx'
import { CreationPage } from '../../creation/creation-page.tsx'
import { useCreation } from '../../creation/use-creation.ts'
import { TypeBadge } from '../../keys/key-badges.tsx'
import { PageHead } from '../../page-head.tsx'
import { ShownOnce } from '../../shown-once.tsx'
import { VerifyCode } from '../detail/verify-code.tsx'
import { skillPath, skillsPath } from '../paths.ts'
import { draftMistakes, emptyDraft, requestOf, type SkillDraft } from './skill-draft.ts'
import { SkillFields, skillFieldNames } from './skill-fields.tsx'

/** Registers a skill: first what it is, then the secret that verifies its calls, once. */
export function RegisterSkill({ environment }: { environment: Environment }) {
  const [made, set] = useState<ManagedSkillWithSecret>()
  const router = useRouter()
  if (made) {
    return (
      <>
        <PageHead
          title="Store the secret"
          description={`“${made.name}” is registered. With its secret your endpoint tells this server’s calls from forged ones.`}
        />
        <ShownOnce
          title="The skill’s secret"
          badge={<TypeBadge type={made.environment} />}
          secret={made.secret}
          what="secret"
          kept="encrypted"
          onDone={() => router.push(skillPath(made))}
        >
          <div className="mt-6">
            <VerifyCode secret={made.secret} />
          </div>
        </ShownOnce>
      </>
    )
  }
  return (
    <CreationPage
      title="Register a skill"
      description="Say where your endpoint is, what goes in and what comes out. You will see the secret that signs its calls once: have a place ready to store it. All but the id and the environment can be changed later."
    >
      <Form environment={environment} onCreated={set} />
    </CreationPage>
  )
}

interface Props {
  environment: Environment
  onCreated: (made: ManagedSkillWithSecret) => void
}

function Form({ environment, onCreated }: Props) {
  const [tried, setTried] = useState(false)
  const creation = useCreation<SkillDraft, ManagedSkillWithSecret>({
    first: () => emptyDraft(environment),
    environmentOf: (draft) => draft.environment,
    mistakesOf: (draft) => ({ ...draftMistakes(draft) }),
    fields: skillFieldNames,
    request: (draft) => {
      setTried(true)
      return (api) => api.skills.create(draft.environment, requestOf(draft))
    },
    onCreated,
  })
  const { draft, edit, wrong, change } = creation
  return (
    <CreationForm
      creation={creation}
      what="skill"
      verb="Register"
      environment={draft.environment}
      back={skillsPath(draft.environment)}
    >
      <SkillFields draft={draft} wrong={wrong} refused={change.error} tried={tried} isNew edit={edit} />
    </CreationForm>
  )
}
