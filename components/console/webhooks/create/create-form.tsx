'use client'

import type { Environment } from '#lib/contract/environment.ts'
import type { WebhookCreated } from '#lib/contract/webhooks.ts'
import { ChoiceCards } from '../../choice-cards.tsx'
import { CreationForm } from '../../creation/creation-form.tsx'
import { FormPart } from '../../creation/form-part.tsx'
import { useCreation } from '../../creation/use-creation.ts'
import { useOnce } from '../../keys/use-once.ts'
import { EventPicker } from '../events/event-picker.tsx'
import { webhooksPath } from '../paths.ts'
import { DescriptionField } from './description-field.tsx'
import { draftMistakes, emptyDraft, requestOf, type WebhookDraft } from './webhook-draft.ts'
import { WebhookUrl } from './webhook-url.tsx'

interface Props {
  environment: Environment
  onCreated: (created: WebhookCreated, environment: Environment) => void
}

/** Where the endpoint is, and what it is to be told of. */
export function CreateForm({ environment, onCreated }: Props) {
  const once = useOnce<ReturnType<typeof requestOf>>()
  const creation = useCreation<WebhookDraft, WebhookCreated>({
    first: () => emptyDraft(environment),
    environmentOf: (draft) => draft.environment,
    mistakesOf: draftMistakes,
    fields: ['url', 'events', 'description'],
    request: (draft) => {
      const { request, idempotencyKey } = once(draft, () => requestOf(draft))
      return (api) => api.webhooks.create(request, idempotencyKey)
    },
    onCreated: (created) => onCreated(created, creation.draft.environment),
  })
  const { draft, edit, wrong } = creation
  return (
    <CreationForm
      creation={creation}
      what="endpoint"
      environment={draft.environment}
      back={webhooksPath(draft.environment)}
    >
      <FormPart>
        <WebhookUrl url={draft.url} error={wrong('url', 'The URL')} onChange={(url) => edit({ url })} />
        <DescriptionField
          description={draft.description}
          error={wrong('description', 'The description')}
          onChange={(description) => edit({ description })}
        />
        <ChoiceCards
          legend="Environment"
          name="environment"
          choices={[
            { value: 'test', label: 'Test', note: 'Told of what happens with test keys, to test users.' },
            {
              value: 'live',
              label: 'Live',
              note: 'Told of what happens for real. Making or changing one asks for your passkey.',
            },
          ]}
          selected={draft.environment}
          onSelect={(chosen) => edit({ environment: chosen })}
        />
      </FormPart>
      <FormPart>
        <EventPicker
          chosen={draft.events}
          error={wrong('events', 'The list')}
          onChoose={(events) => edit({ events })}
        />
      </FormPart>
    </CreationForm>
  )
}
