'use client'

import { type FormEvent, useRef, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { busyWords } from '../busy-words.ts'
import { ChangeError } from '../change-error.tsx'
import { CodeField } from '../code-field.tsx'
import { fieldErrors } from '../field-errors.ts'
import { focusMistake } from '../focus-mistake.ts'
import { useChange } from '../use-change.ts'

interface Props {
  /** There is none yet. */
  first: boolean
  onAdded: () => Promise<void>
}

const empty = { name: '', certificate: '' }

/** Has the tenant trust a certificate, by its name and its PEM. */
export function AddAnchor({ first, onAdded }: Props) {
  const [draft, setDraft] = useState(empty)
  const [missing, setMissing] = useState<Partial<typeof empty>>({})
  const change = useChange()
  const form = useRef<HTMLFormElement>(null)
  const { of, rest } = fieldErrors(change.error, ['name', 'certificate'])

  function edit(part: Partial<typeof empty>) {
    setDraft({ ...draft, ...part })
    setMissing({})
    change.clear()
  }

  async function add(event: FormEvent) {
    event.preventDefault()
    const mistakes = {
      ...(draft.name.trim() ? {} : { name: 'Say whose it is: “Acme security keys”.' }),
      ...(draft.certificate.trim() ? {} : { certificate: 'Paste the certificate, in PEM.' }),
    }
    setMissing(mistakes)
    if (Object.keys(mistakes).length === 0) {
      await change.run(async (api) => {
        await api.attestation.addAnchor(draft)
        setDraft(empty)
        await onAdded()
      }, 'fresh')
    }
    focusMistake(form.current)
  }

  return (
    <form ref={form} noValidate onSubmit={add} className={`space-y-4 ${first ? '' : 'mt-4 border-line border-t pt-4'}`}>
      <TextField
        id="anchor-name"
        label="Anchor name"
        words
        autoComplete="off"
        maxLength={64}
        placeholder="Acme security keys"
        value={draft.name}
        error={missing.name ?? of('name', 'It')}
        onChange={(event) => edit({ name: event.target.value })}
      />
      <CodeField
        id="anchor-certificate"
        label="Certificate"
        hint="PEM"
        rows={5}
        placeholder="-----BEGIN CERTIFICATE-----"
        value={draft.certificate}
        error={missing.certificate ?? of('certificate', 'It')}
        onChange={(certificate) => edit({ certificate })}
      />
      <ChangeError error={rest} />
      <div className="flex flex-wrap gap-2.5">
        <Button type="submit" look="secondary" aria-disabled={change.busy}>
          {busyWords(change, 'Add trust anchor', 'Adding')}
        </Button>
        {change.confirming ? (
          <Button look="quiet" onClick={change.cancel}>
            Cancel
          </Button>
        ) : null}
      </div>
    </form>
  )
}
