'use client'

import { type FormEvent, useRef, useState } from 'react'
import type { Environment } from '#lib/contract/environment.ts'
import type { ClientCreated } from '#lib/contract/oauth.ts'
import { TextField } from '../../../ui/field.tsx'
import { ChangeError } from '../../change-error.tsx'
import { ChoiceCards } from '../../choice-cards.tsx'
import { fieldErrors } from '../../field-errors.ts'
import { focusMistake } from '../../focus-mistake.ts'
import { FormEnd } from '../../form-end.tsx'
import { FormPart } from '../../form-part.tsx'
import { useChange } from '../../use-change.ts'
import { comesBack, settled } from '../client-rules.ts'
import { typeWords } from '../client-words.ts'
import { DpopField } from '../parts/dpop-field.tsx'
import { GrantsField } from '../parts/grants-field.tsx'
import { LogoField } from '../parts/logo-field.tsx'
import { RedirectRows } from '../parts/redirect-rows.tsx'
import { ScopesField } from '../parts/scopes-field.tsx'
import { clientsPath } from '../paths.ts'
import { type ClientDraft, draftMistakes, emptyDraft, namedUris, requestOf } from './client-draft.ts'
import { EnvironmentChoice } from './environment-choice.tsx'

interface Props {
  environment: Environment
  onCreated: (created: ClientCreated) => void
}

/** What the client is to be. The button is never dead: it says what is missing, and takes one there. */
export function CreateForm({ environment, onCreated }: Props) {
  const [draft, set] = useState<ClientDraft>(() => emptyDraft(environment))
  const [tried, setTried] = useState(false)
  const change = useChange()
  const form = useRef<HTMLFormElement>(null)
  const mistakes = tried ? draftMistakes(draft) : {}
  const refused = fieldErrors(change.error, ['name', 'grants', 'redirectUris', 'scopes', 'logoUrl'])
  const edit = (part: Partial<ClientDraft>) => {
    change.clear()
    set((before) => settled({ ...before, ...part }))
  }

  async function create(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (Object.keys(draftMistakes(draft)).length) return focusMistake(form.current)
    // Rows stand as they are sent, so that the server's word about one is beside it.
    edit({ redirectUris: namedUris(draft.redirectUris) })
    const created = await change.run(
      (api) => api.clients.create(requestOf(draft)),
      draft.environment === 'live' && 'fresh',
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
          hint="people see it"
          words
          placeholder="Acme Wallet for iPhone"
          autoComplete="off"
          value={draft.name}
          maxLength={128}
          error={mistakes.name ?? refused.of('name', 'The name')}
          onChange={(event) => edit({ name: event.target.value })}
        />
        <LogoField
          name={draft.name}
          url={draft.logoUrl}
          error={refused.of('logoUrl', 'The address')}
          onChange={(logoUrl) => edit({ logoUrl })}
        />
        <EnvironmentChoice environment={draft.environment} onSelect={(environment) => edit({ environment })} />
        <ChoiceCards
          legend="Type"
          name="type"
          choices={[
            { value: 'public', ...typeWords.public },
            { value: 'confidential', ...typeWords.confidential },
          ]}
          selected={draft.type}
          onSelect={(type) => edit({ type })}
        />
      </FormPart>
      <FormPart>
        <GrantsField
          type={draft.type}
          chosen={draft.grants}
          error={mistakes.grants ?? refused.of('grants', '')}
          onChoose={(grants) => edit({ grants })}
        />
        <DpopField required={draft.dpopRequired} onChange={(dpopRequired) => edit({ dpopRequired })} />
      </FormPart>
      {comesBack(draft) ? (
        <FormPart>
          <RedirectRows
            values={draft.redirectUris}
            refused={refused}
            mistake={mistakes.redirectUris}
            onChange={(redirectUris) => edit({ redirectUris })}
          />
        </FormPart>
      ) : null}
      <FormPart>
        <ScopesField
          access={draft}
          error={mistakes.scopes ?? refused.of('scopes', '')}
          onChoose={(scopes) => edit({ scopes })}
        />
      </FormPart>
      <ChangeError error={refused.rest} />
      <FormEnd
        change={change}
        label="Create client"
        back={clientsPath(draft.environment)}
        environment={draft.environment}
        what="client"
      />
    </form>
  )
}
