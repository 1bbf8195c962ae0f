'use client'

import type { Environment } from '#lib/contract/environment.ts'
import type { ClientCreated } from '#lib/contract/oauth.ts'
import { ChoiceCards } from '../../choice-cards.tsx'
import { CreationForm } from '../../creation/creation-form.tsx'
import { FormPart } from '../../creation/form-part.tsx'
import { NameField } from '../../creation/name-field.tsx'
import { useCreation } from '../../creation/use-creation.ts'
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

/** What the client is to be. */
export function CreateForm({ environment, onCreated }: Props) {
  const creation = useCreation<ClientDraft, ClientCreated>({
    first: () => emptyDraft(environment),
    environmentOf: (draft) => draft.environment,
    mistakesOf: draftMistakes,
    fields: ['name', 'grants', 'redirectUris', 'scopes', 'logoUrl'],
    settled,
    request: (draft, edit) => {
      // Rows stand as they are sent, so that the server's word about one is beside it.
      edit({ redirectUris: namedUris(draft.redirectUris) })
      return (api) => api.clients.create(requestOf(draft))
    },
    onCreated,
  })
  const { draft, edit, wrong, missing, refused } = creation

  return (
    <CreationForm
      creation={creation}
      what="client"
      environment={draft.environment}
      back={clientsPath(draft.environment)}
    >
      <FormPart>
        <NameField creation={creation} hint="people see it" placeholder="Acme Wallet for iPhone" />
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
          error={wrong('grants', '')}
          onChoose={(grants) => edit({ grants })}
        />
        <DpopField required={draft.dpopRequired} onChange={(dpopRequired) => edit({ dpopRequired })} />
      </FormPart>
      {comesBack(draft) ? (
        <FormPart>
          <RedirectRows
            values={draft.redirectUris}
            refused={refused}
            mistake={missing('redirectUris')}
            onChange={(redirectUris) => edit({ redirectUris })}
          />
        </FormPart>
      ) : null}
      <FormPart>
        <ScopesField access={draft} error={wrong('scopes', '')} onChange={edit} />
      </FormPart>
    </CreationForm>
  )
}
