import type { ChangeEvent } from 'react'
import { TextField } from '../../../ui/field.tsx'
import { ChoiceCards } from '../../choice-cards.tsx'
import { FormPart } from '../../creation/form-part.tsx'
import { UrlField } from '../../endpoint/url-field.tsx'
import type { Refusal } from '../../explain.ts'
import { SchemaField } from '../schema/schema-field.tsx'
import type { SkillDraft } from './skill-draft.ts'

interface Props {
  draft: SkillDraft
  /** What is wrong with a field, as a sentence about `subject`. */
  wrong: (field: string, subject: string) => string | undefined
  refused: Refusal | undefined
  tried: boolean
  /** Whether its id and environment can still be chosen. */
  isNew: boolean
  edit: (part: Partial<SkillDraft>) => void
}

/** Everything that is said of a skill. */
export function SkillFields({ draft, wrong, refused, tried, isNew, edit }: Props) {
  const line = (id: Exclude<keyof SkillDraft, 'environment'>, subject: string) => ({
    id,
    autoComplete: 'off',
    value: draft[id],
    error: wrong(id, subject),
    onChange: (event: ChangeEvent<HTMLInputElement>) => edit({ [id]: event.target.value }),
  })
  const schema = (field: 'inputSchema' | 'outputSchema') => ({
    field,
    value: draft[field],
    refused,
    tried,
    onChange: (text: string) => edit({ [field]: text }),
  })
  return (
    <>
      <FormPart>
        <TextField {...line('name', 'The name')} label="Name" hint="people see it" words placeholder="Translate" />
        {isNew ? (
          <TextField
            {...line('id', 'The id')}
            label="Id"
            hint="programs name it so"
            placeholder="acme.translate"
            spellCheck={false}
            autoCapitalize="none"
          />
        ) : null}
        <TextField
          {...line('description', 'The description')}
          label="Description"
          hint="optional, people see it"
          words
          placeholder="Translates a text into another language."
        />
        <UrlField
          label="Endpoint"
          hint="https, at a public address"
          placeholder="https://api.acme.example/translate"
          url={draft.url}
          error={wrong('url', 'The URL')}
          onChange={(url) => edit({ url })}
        />
        {isNew ? (
          <ChoiceCards
            legend="Environment"
            name="environment"
            choices={[
              { value: 'test', label: 'Test', note: 'Executed with test keys. Nothing is ever charged.' },
              {
                value: 'live',
                label: 'Live',
                note: 'Executed with live keys, for its price. Making or changing one asks for your passkey.',
              },
            ]}
            selected={draft.environment}
            onSelect={(environment) => edit({ environment })}
          />
        ) : null}
      </FormPart>
      <FormPart>
        <SchemaField {...schema('inputSchema')} label="Input schema" example={{ text: 'Good morning', to: 'de' }} />
        <SchemaField {...schema('outputSchema')} label="Output schema" example={{ text: 'Guten Morgen' }} />
      </FormPart>
      <FormPart>
        <div className="grid gap-5 sm:grid-cols-2">
          <TextField
            {...line('priceAmount', 'The price')}
            label="Price"
            hint="US dollars a live run"
            inputMode="decimal"
            note="In the test environment nothing is charged, and nothing that fails in the live one."
          />
          <TextField
            {...line('timeoutSeconds', 'The timeout')}
            label="Timeout"
            hint="seconds, at most 30"
            inputMode="numeric"
          />
        </div>
      </FormPart>
    </>
  )
}

/** The fields that the server has a word about, by their names in the request. */
export const skillFieldNames = [
  'id',
  'name',
  'description',
  'url',
  'inputSchema',
  'outputSchema',
  'priceAmount',
  'timeoutSeconds',
] as const
