'use client'

import { type FormEvent, useState } from 'react'
import type { BrandingView } from '#lib/contract/console.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Card } from '../card.tsx'
import { ChangeError } from '../change-error.tsx'
import { consoleClient } from '../console-client.ts'
import { fieldErrors } from '../field-errors.ts'
import { useChange } from '../use-change.ts'
import { ColorField } from './color-field.tsx'
import { changesOf, colorOf, type Draft, draftOf, isHttps } from './draft.ts'
import { LogoField } from './logo-field.tsx'

interface Props {
  tenantName: string
  saved: BrandingView
  draft: Draft
  onDraft: (draft: Draft) => void
  onSaved: () => Promise<void>
}

/** Name, colour and logo. */
export function BrandingForm({ tenantName, saved, draft, onDraft, onSaved }: Props) {
  const { run, busy, error, clear } = useChange()
  const [said, say] = useState('')
  const [wrongColor, setWrongColor] = useState(false)
  const issue = (path: string) => error?.issues.find((each) => each.path === path)?.message
  const { rest } = fieldErrors(error, ['name', 'logo'])

  function edit(change: Partial<Draft>) {
    onDraft({ ...draft, ...change })
    say('')
    setWrongColor(false)
    clear()
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    const color = draft.color && (colorOf(draft.color) ?? draft.color)
    const changes = changesOf({ ...draft, color }, saved)
    if (color && !colorOf(color)) return setWrongColor(true)
    if (changes.logo && !changes.logo.startsWith('data:') && !isHttps(changes.logo))
      return say('The logo’s address is not an https URL yet.')
    if (!Object.keys(changes).length) return say('Nothing was changed.')
    void run(async () => {
      onDraft(draftOf(await consoleClient.branding.update(changes)))
      await onSaved()
      say('Saved. Pages show it from now on.')
    })
  }

  return (
    <Card title="Appearance">
      <form onSubmit={submit} noValidate className="space-y-6">
        <TextField
          id="brand-name"
          label="Name"
          hint="optional"
          words
          maxLength={64}
          placeholder={tenantName}
          value={draft.name}
          error={issue('name')}
          note="What your users know you by. Tokens go on naming the tenant."
          onChange={(event) => edit({ name: event.target.value })}
        />
        <ColorField value={draft.color} wrong={wrongColor} onChange={(color) => edit({ color })} />
        <LogoField value={draft.logo} issue={issue('logo')} onChange={(logo) => edit({ logo })} />
        <ChangeError error={rest} />
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <Button type="submit">{busy ? 'Saving' : 'Save'}</Button>
          <p role="status" className="text-[14px] text-soft">
            {said}
          </p>
        </div>
      </form>
    </Card>
  )
}
