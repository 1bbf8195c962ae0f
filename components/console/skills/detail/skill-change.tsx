'use client'

import { useId, useRef, useState } from 'react'
import type { ManagedSkill } from '#lib/contract/skills.ts'
import { ChangeError } from '../../change-error.tsx'
import { fieldErrors } from '../../field-errors.ts'
import { focusMistake } from '../../focus-mistake.ts'
import { SaveBar } from '../../save-bar.tsx'
import { useChange } from '../../use-change.ts'
import { draftMistakes, requestOf, type SkillDraft } from '../create/skill-draft.ts'
import { SkillFields, skillFieldNames } from '../create/skill-fields.tsx'
import { pretty } from '../schema/schema-text.ts'

interface Props {
  skill: ManagedSkill
  onChanged: () => Promise<void>
}

/** Everything of a skill that can be changed, under edit. */
export function SkillChange({ skill, onChanged }: Props) {
  const { environment, id } = skill
  const [draft, set] = useState(() => draftOf(skill))
  const [tried, setTried] = useState(false)
  const place = useRef<HTMLDivElement>(null)
  const title = useId()
  const change = useChange()
  const mistakes: Partial<Record<string, string>> = tried ? draftMistakes(draft) : {}
  const refused = fieldErrors(change.error, skillFieldNames)

  async function save(): Promise<boolean> {
    setTried(true)
    if (Object.keys(draftMistakes(draft)).length) {
      focusMistake(place.current)
      return false
    }
    const { id: _, ...update } = requestOf(draft)
    const done = await change.run(
      (api) => api.skills.update(environment, id, update),
      environment === 'live' && 'fresh',
    )
    if (done) {
      await onChanged()
      set(draftOf(done))
    } else focusMistake(place.current)
    return done !== undefined
  }

  return (
    <section aria-labelledby={title} className="pt-2">
      <h2 id={title} className="font-semibold text-[17px] leading-6">
        Change it
      </h2>
      <p className="mt-0.5 mb-3 text-[14px] text-soft">
        Runs under way end as they began. New schemas are a new version.
      </p>
      <div ref={place} className="space-y-4">
        <SkillFields
          draft={draft}
          wrong={(field, subject) => mistakes[field] ?? refused.of(field, subject)}
          refused={change.error}
          tried={tried}
          isNew={false}
          edit={(part) => {
            change.clear()
            set((before) => ({ ...before, ...part }))
          }}
        />
      </div>
      <ChangeError error={refused.rest} className="mt-4" />
      <SaveBar
        edited={JSON.stringify(draft) !== JSON.stringify(draftOf(skill))}
        change={change}
        label="Save"
        onSave={save}
        onUndo={() => {
          setTried(false)
          set(draftOf(skill))
        }}
      />
    </section>
  )
}

function draftOf({
  environment,
  id,
  name,
  description,
  price,
  inputSchema,
  outputSchema,
  remote,
}: ManagedSkill): SkillDraft {
  return {
    ...{ environment, id, name, description },
    url: remote?.url ?? '',
    inputSchema: pretty(inputSchema),
    outputSchema: pretty(outputSchema),
    priceAmount: (price.amount / 100).toFixed(2),
    timeoutSeconds: String(remote?.timeoutSeconds ?? 10),
  }
}
