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
          description={`“${made.name}” is registered. This is the only time that it is shown.`}
        />
        <ShownOnce
          title="The skill’s secret"
          badge={<TypeBadge type={environment} />}
          secret={made.secret}
          what="secret"
          onDone={() => router.push(skillPath(made))}
        >
          <div className="mt-6">
            <VerifyCode />
          </div>
        </ShownOnce>
      </>
    )
  }
  return (
    <CreationPage
      title="Register a skill"
      description="Say where your endpoint is, what goes in and what comes out. All but its id and environment can be changed later."
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
    <CreationForm creation={creation} what="skill" environment={environment} back={skillsPath(environment)}>
      <SkillFields draft={draft} wrong={wrong} refused={change.error} tried={tried} isNew edit={edit} />
    </CreationForm>
  )
}
