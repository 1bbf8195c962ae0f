'use client'

import { type FormEvent, useRef, useState } from 'react'
import type { AttestationPolicyView } from '#lib/contract/attestation.ts'
import { Button } from '../../ui/button.tsx'
import { busyWords } from '../busy-words.ts'
import { Card } from '../card.tsx'
import { ChangeError } from '../change-error.tsx'
import { ChoiceCards } from '../choice-cards.tsx'
import { fieldErrors } from '../field-errors.ts'
import { focusMistake } from '../focus-mistake.ts'
import { TextRows } from '../text-rows.tsx'
import { useChange } from '../use-change.ts'
import { changesOf, type Draft, saidOfModel } from './draft.ts'

const policies = [
  {
    value: 'verify',
    label: 'Verify',
    note: 'A statement has to be valid where there is one. Who vouches for it is shown, and refuses nothing.',
  },
  {
    value: 'require-trusted',
    label: 'Require trust',
    note: 'A root that is known here has to vouch for the authenticator. Most synced passkeys bring no attestation, and are refused.',
  },
  {
    value: 'none',
    label: 'Ask nothing',
    note: 'The statement is not verified, and nothing is shown as trusted. It still has to be well-formed CBOR.',
  },
] as const

interface Props {
  saved: AttestationPolicyView
  onSaved: () => Promise<void>
}

/** What is asked of an attestation, and of which models it may be. */
export function PolicyCard({ saved, onSaved }: Props) {
  const [draft, setDraft] = useState<Draft>(saved)
  const [said, say] = useState('')
  const change = useChange()
  const form = useRef<HTMLFormElement>(null)
  const { of, rest } = fieldErrors(change.error, ['policy', 'allowedAaguids'])

  function edit(part: Partial<Draft>) {
    setDraft({ ...draft, ...part })
    say('')
    change.clear()
  }

  async function save(event: FormEvent) {
    event.preventDefault()
    const changes = changesOf(draft, saved)
    if (!Object.keys(changes).length) return say('Nothing was changed.')
    if (changes.allowedAaguids?.some((text) => saidOfModel(text, false).error)) {
      say('A model is not written as an AAGUID yet.')
      return focusMistake(form.current)
    }
    await change.run(async (api) => {
      setDraft(await api.attestation.update(changes))
      await onSaved()
      say('Saved. It holds from the next registration on.')
    }, 'fresh')
    focusMistake(form.current)
  }

  return (
    <Card title="Policy" note="It is asked at the end of a registration. Passkeys that are there stay as they are.">
      <form ref={form} onSubmit={save} noValidate className="space-y-5">
        <ChoiceCards
          legend="What is asked"
          name="attestation-policy"
          choices={policies}
          selected={draft.policy}
          onSelect={(policy) => edit({ policy })}
        />
        {draft.policy === 'none' ? null : (
          <TextRows
            id="allowed-model"
            legend="Allowed models"
            note="AAGUIDs of the models that may register; without one, any may. A model counts where a known root vouches for it, since anybody can say any AAGUID: with a list, passkeys without a trusted attestation are refused."
            one="model"
            add="Add a model"
            autoCapitalize="none"
            values={draft.allowedAaguids}
            said={(value, _, editing) => saidOfModel(value, editing)}
            error={of('allowedAaguids', 'The list')}
            onChange={(allowedAaguids) => edit({ allowedAaguids })}
          />
        )}
        <ChangeError error={rest} />
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <Button type="submit" aria-disabled={change.busy}>
            {busyWords(change, 'Save', 'Saving')}
          </Button>
          {change.confirming ? (
            <Button look="quiet" onClick={change.cancel}>
              Cancel
            </Button>
          ) : null}
          <p role="status" className="text-[14px] text-soft">
            {said}
          </p>
        </div>
      </form>
    </Card>
  )
}
