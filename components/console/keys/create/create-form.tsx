'use client'

import { type FormEvent, type ReactNode, useRef, useState } from 'react'
import type { Environment } from '#lib/contract/environment.ts'
import type { KeyCreated } from '#lib/contract/keys.ts'
import { Button } from '../../../ui/button.tsx'
import { TextField } from '../../../ui/field.tsx'
import { ChangeError } from '../../change-error.tsx'
import { consoleClient } from '../../console-client.ts'
import { useChange } from '../../use-change.ts'
import { AllowlistEditor } from '../allowlist/allowlist-editor.tsx'
import { useAllowlist } from '../allowlist/use-allowlist.ts'
import { busyWords } from '../busy-words.ts'
import { fieldErrors } from '../field-errors.ts'
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
      setTimeout(() => firstMistake(form.current)?.focus())
      return
    }
    const { request, idempotencyKey } = once([draft, entries], () => requestOf(draft, entries, Date.now()))
    const created = await change.run(
      () => consoleClient.keys.create(request, idempotencyKey),
      request.type === 'live' && 'fresh',
    )
    if (created) onCreated(created)
    else setTimeout(() => firstMistake(form.current)?.focus())
  }

  return (
    <form ref={form} noValidate onSubmit={create} className="space-y-4">
      <Part>
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
      </Part>
      <Part>
        <ScopePicker
          chosen={draft.scopes}
          error={mistakes.scopes ?? refused.of('scopes', 'The list')}
          onChoose={(scopes) => edit({ scopes })}
        />
      </Part>
      <Part>
        <ExpiryField
          expiry={draft.expiry}
          error={mistakes.expiresAt ?? refused.of('expiresAt', 'The day')}
          onChange={(expiry) => edit({ expiry })}
        />
      </Part>
      <Part>
        <AllowlistEditor allowlist={allowlist} error={refused.of('allowedIps', 'The list')} />
      </Part>
      <ChangeError error={refused.rest} />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2.5">
        <Button type="submit">{busyWords(change, 'Create key', 'Creating')}</Button>
        <a href={`/console/keys?environment=${draft.type}`} className="rounded-md py-1 text-soft hover:text-ink">
          Cancel
        </a>
        {draft.type === 'live' ? (
          <p className="text-[13px] text-soft">Your browser will ask for your passkey, since this is a live key.</p>
        ) : null}
      </div>
    </form>
  )
}

function Part({ children }: { children: ReactNode }) {
  return <div className="space-y-5 rounded-card border border-line bg-card p-4 shadow-lift sm:p-5">{children}</div>
}

/** The first field that is marked wrong; of a group of choices, its first choice. */
function firstMistake(form: HTMLFormElement | null): HTMLElement | null | undefined {
  const wrong = form?.querySelector<HTMLElement>('[aria-invalid=true], fieldset[aria-describedby$="-error"]')
  return wrong instanceof HTMLFieldSetElement ? wrong.querySelector<HTMLElement>('input') : wrong
}
