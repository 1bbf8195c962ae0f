'use client'

import { type FormEvent, useRef, useState } from 'react'
import type { RelyingPartyView } from '#lib/contract/console.ts'
import type { ConsoleClient } from '#lib/sdk/console.ts'
import { whyNoOrigin } from '#lib/webauthn/origin.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Card } from '../card.tsx'
import { ChangeError } from '../change-error.tsx'
import { fieldErrors } from '../field-errors.ts'
import { focusMistake } from '../focus-mistake.ts'
import type { Change } from '../use-change.ts'
import { asOrigin, changesOf, type Draft, draftOf, heldBy } from './draft.ts'
import { OriginRows } from './origin-rows.tsx'
import { StrandedPasskeys } from './stranded-passkeys.tsx'

interface Props {
  change: Change
  saved: RelyingPartyView
  draft: Draft
  onDraft: (draft: Draft) => void
  onSaved: () => Promise<void>
}

/** Name, RP ID and origins. What would leave passkeys behind is asked twice. */
export function RelyingPartyForm({ change, saved, draft, onDraft, onSaved }: Props) {
  const [asking, setAsking] = useState(false)
  const [said, say] = useState('')
  const { run, busy, confirming, error, clear } = change
  const form = useRef<HTMLFormElement>(null)

  const changes = changesOf(draft, saved)
  const { id: nextId, origins: nextOrigins } = heldBy(draft, saved)
  const issue = (path: string) => error?.issues.find((each) => each.path === path)?.message
  const { rest } = fieldErrors(error, ['name', 'id', ...draft.origins.map((_, at) => `origins.${at}`)])

  function edit(change: Partial<Draft>) {
    onDraft({ ...draft, ...change })
    say('')
    clear()
  }

  async function save(api: ConsoleClient) {
    const updated = await api.relyingParty.update(changes)
    onDraft(draftOf(updated))
    await onSaved()
    say('Saved. It holds from the next ceremony on.')
  }

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (!Object.keys(changes).length) return say('Nothing was changed.')
    const wrong = draft.origins.findIndex((origin) => origin && whyNoOrigin(asOrigin(origin)))
    if (wrong >= 0) return say(`Origin ${wrong + 1} is not written as an origin yet.`)
    // Rows stand as they are sent, so that the server’s word about one is beside it.
    onDraft({ ...draft, origins: nextOrigins })
    if (nextId !== saved.id && saved.passkeys) return setAsking(true)
    await run(save, 'fresh')
    focusMistake(form.current)
  }

  return (
    <Card title="Identity" note="What is empty follows this server’s own address, BASE_URL.">
      <form ref={form} onSubmit={submit} noValidate className="space-y-5">
        <TextField
          id="rp-name"
          label="Name"
          words
          maxLength={64}
          placeholder={saved.defaults.name}
          value={draft.name}
          error={issue('name')}
          note="What browsers may show while a passkey is made. It can be changed at any time."
          onChange={(event) => edit({ name: event.target.value })}
        />
        <TextField
          id="rp-id"
          label="RP ID"
          hint="a domain"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          placeholder={saved.defaults.id}
          value={draft.id}
          error={issue('id') && `“${draft.id}” ${issue('id')}.`}
          note={
            saved.passkeys
              ? `The domain that passkeys are bound to. ${passkeysOf(saved.passkeys)} made for ${saved.id}: another RP ID leaves them behind.`
              : 'The domain that passkeys are bound to, such as example.com. Choose it well: once there are passkeys, another RP ID leaves them behind.'
          }
          onChange={(event) => edit({ id: event.target.value })}
        />
        <OriginRows
          origins={draft.origins}
          rpId={nextId}
          placeholder={saved.defaults.origins[0] ?? 'https://example.com'}
          issue={issue}
          onChange={(origins) => edit({ origins })}
        />
        <ChangeError error={rest} />
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <Button type="submit">{confirming ? 'Waiting for your passkey' : busy ? 'Saving' : 'Save'}</Button>
          <p role="status" className="text-[14px] text-soft">
            {said}
          </p>
        </div>
      </form>
      <StrandedPasskeys
        open={asking}
        onClose={() => setAsking(false)}
        from={saved.id}
        to={nextId}
        passkeys={saved.passkeys}
        onConfirm={save}
      />
    </Card>
  )
}

function passkeysOf(count: number): string {
  return count === 1 ? 'One passkey is' : `${count.toLocaleString('en')} passkeys are`
}
