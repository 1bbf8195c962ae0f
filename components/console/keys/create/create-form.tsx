'use client'

import { type FormEvent, useRef, useState } from 'react'
import type { Environment } from '#lib/contract/environment.ts'
import type { KeyCreated } from '#lib/contract/keys.ts'
import { TextField } from '../../../ui/field.tsx'
import { ChangeError } from '../../change-error.tsx'
import { fieldErrors } from '../../field-errors.ts'
import { focusMistake } from '../../focus-mistake.ts'
import { FormEnd } from '../../form-end.tsx'
import { FormPart } from '../../form-part.tsx'
import { useChange } from '../../use-change.ts'
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

/** What the key is to be. The button is never dead: it says what is missing, and takes one there. */
export function CreateForm({ environment, onCreated }: Props) {
  const [draft, set] = useState<KeyDraft>(() => emptyDraft(environment))
  const [tried, setTried] = useState(false)
  const allowlist = useAllowlist([])
  const change = useChange()
  const once = useOnce<ReturnType<typeof requestOf>>()
  const form = useRef<HTMLFormElement>(null)
  const mistakes = tried ? draftMistakes(draft, Date.now()) : {}
  const refused = fieldErrors(change.error, ['name', 'scopes', 'expiresAt', 'allowedIps'])
  const edit = (part: Partial<KeyDraft>) => {
    change.clear()
    set({ ...draft, ...part })
  }

  async function create(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    const entries = allowlist.settle()
    if (!entries || Object.keys(draftMistakes(draft, Date.now())).length) {
      focusMistake(form.current)
      return
    }
    const { request, idempotencyKey } = once([draft, entries], () => requestOf(draft, entries, Date.now()))
    const created = await change.run(
      (api) => api.keys.create(request, idempotencyKey),
      request.type === 'live' && 'fresh',
    )
    if (created) onCreated(created)
    else focusMistake(form.current)
  }

  return (
    <form ref={form} noValidate onSubmit={create} className="space-y-4">
      <FormPart>
        <TextField
          id="name"
          label="Name"
          hint="people read it"
          words
          placeholder="Billing service"
          autoComplete="off"
          value={draft.name}
          maxLength={128}
          error={mistakes.name ?? refused.of('name', 'The name')}
          onChange={(event) => edit({ name: event.target.value })}
        />
        <TypeChoice type={draft.type} onSelect={(type) => edit({ type })} />
        {draft.type === 'live' ? <TierChoice tier={draft.tier} onSelect={(tier) => edit({ tier })} /> : null}
      </FormPart>
      <FormPart>
        <ScopePicker
          chosen={draft.scopes}
          error={mistakes.scopes ?? refused.of('scopes', 'The list')}
          onChoose={(scopes) => edit({ scopes })}
        />
      </FormPart>
      <FormPart>
        <ExpiryField
          expiry={draft.expiry}
          error={mistakes.expiresAt ?? refused.of('expiresAt', 'The day')}
          onChange={(expiry) => edit({ expiry })}
        />
      </FormPart>
      <FormPart>
        <AllowlistEditor allowlist={allowlist} error={refused.of('allowedIps', 'The list')} />
      </FormPart>
      <ChangeError error={refused.rest} />
      <FormEnd
        change={change}
        label="Create key"
        back={`/console/keys?environment=${draft.type}`}
        environment={draft.type}
        what="key"
      />
    </form>
  )
}
