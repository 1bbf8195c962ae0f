'use client'

import type { Environment } from '#lib/contract/environment.ts'
import type { KeyCreated } from '#lib/contract/keys.ts'
import { CreationForm } from '../../creation/creation-form.tsx'
import { FormPart } from '../../creation/form-part.tsx'
import { NameField } from '../../creation/name-field.tsx'
import { useCreation } from '../../creation/use-creation.ts'
import { AllowlistEditor } from '../allowlist/allowlist-editor.tsx'
import { useAllowlist } from '../allowlist/use-allowlist.ts'
import { useOnce } from '../use-once.ts'
import { ExpiryField } from './expiry-field.tsx'
import { draftMistakes, emptyDraft, type KeyDraft, requestOf } from './key-draft.ts'
import { ScopePicker } from './scope-picker.tsx'
import { TierChoice } from './tier-choice.tsx'
import { TypeChoice } from './type-choice.tsx'

interface Props {
  environment: Environment
  onCreated: (created: KeyCreated) => void
}

/** What the key is to be. */
export function CreateForm({ environment, onCreated }: Props) {
  const allowlist = useAllowlist([])
  const once = useOnce<ReturnType<typeof requestOf>>()
  const creation = useCreation<KeyDraft, KeyCreated>({
    first: () => emptyDraft(environment),
    environmentOf: ({ type }) => type,
    mistakesOf: (draft) => draftMistakes(draft, Date.now()),
    fields: ['name', 'scopes', 'expiresAt', 'allowedIps'],
    request: (draft) => {
      const entries = allowlist.settle()
      if (!entries) return undefined
      return (api) => {
        const { request, idempotencyKey } = once([draft, entries], () => requestOf(draft, entries, Date.now()))
        return api.keys.create(request, idempotencyKey)
      }
    },
    onCreated,
  })
  const { draft, edit, wrong, refused } = creation

  return (
    <CreationForm
      creation={creation}
      what="key"
      environment={draft.type}
      back={`/console/keys?environment=${draft.type}`}
    >
      <FormPart>
        <NameField creation={creation} hint="people read it" placeholder="Billing service" />
        <TypeChoice type={draft.type} onSelect={(type) => edit({ type })} />
        {draft.type === 'live' ? <TierChoice tier={draft.tier} onSelect={(tier) => edit({ tier })} /> : null}
      </FormPart>
      <FormPart>
        <ScopePicker
          chosen={draft.scopes}
          error={wrong('scopes', 'The list')}
          onChoose={(scopes) => edit({ scopes })}
        />
      </FormPart>
      <FormPart>
        <ExpiryField
          expiry={draft.expiry}
          error={wrong('expiresAt', 'The day')}
          onChange={(expiry) => edit({ expiry })}
        />
      </FormPart>
      <FormPart>
        <AllowlistEditor allowlist={allowlist} error={refused.of('allowedIps', 'The list')} />
      </FormPart>
    </CreationForm>
  )
}
