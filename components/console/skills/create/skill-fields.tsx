import { TextField } from '../../../ui/field.tsx'
import { FormPart } from '../../creation/form-part.tsx'
import type { Refusal } from '../../explain.ts'
import { SchemaField } from '../schema/schema-field.tsx'
import type { SkillDraft } from './skill-draft.ts'

interface Props {
  draft: SkillDraft
  /** What is wrong with a field, as a sentence about `subject`. */
  wrong: (field: string, subject: string) => string | undefined
  refused: Refusal | undefined
  tried: boolean
  /** Whether its id can still be chosen. */
  isNew: boolean
  edit: (part: Partial<SkillDraft>) => void
}

/** Everything that is said of a skill. */
export function SkillFields({ draft, wrong, refused, tried, isNew, edit }: Props) {
  return (
    <>
      <FormPart>
        <TextField
          id="name"
          label="Name"
          hint="people see it"
          words
          autoComplete="off"
          value={draft.name}
          error={wrong('name', 'The name')}
          onChange={(event) => edit({ name: event.target.value })}
        />
        {isNew ? (
          <TextField
            id="id"
            label="Id"
            hint="callers name it so"
            placeholder="acme.translate"
            autoComplete="off"
            spellCheck={false}
            autoCapitalize="none"
            value={draft.id}
            error={wrong('id', 'The id')}
            onChange={(event) => edit({ id: event.target.value })}
          />
        ) : null}
        <TextField
          id="description"
          label="Description"
          words
          autoComplete="off"
          value={draft.description}
          error={wrong('description', 'The description')}
          onChange={(event) => edit({ description: event.target.value })}
        />
        <TextField
          id="url"
          label="Endpoint"
          hint="https, at a public address"
          placeholder="https://api.acme.example/skills/translate"
          autoComplete="off"
          spellCheck={false}
          autoCapitalize="none"
          value={draft.url}
          error={wrong('url', 'The URL')}
          onChange={(event) => edit({ url: event.target.value })}
        />
      </FormPart>
      <FormPart>
        <SchemaField
          field="inputSchema"
          label="Input schema"
          hint="JSON Schema 2020-12"
          value={draft.inputSchema}
          refused={refused}
          tried={tried}
          onChange={(inputSchema) => edit({ inputSchema })}
        />
        <SchemaField
          field="outputSchema"
          label="Output schema"
          hint="JSON Schema 2020-12"
          value={draft.outputSchema}
          refused={refused}
          tried={tried}
          onChange={(outputSchema) => edit({ outputSchema })}
        />
      </FormPart>
      <FormPart>
        <div className="grid gap-5 sm:grid-cols-2">
          <TextField
            id="price"
            label="Price"
            hint="US dollars a live run"
            inputMode="decimal"
            autoComplete="off"
            value={draft.price}
            error={wrong('price', 'The price') ?? wrong('priceAmount', 'The price')}
            note="In the test environment nothing is charged, and nothing that fails in the live one."
            onChange={(event) => edit({ price: event.target.value })}
          />
          <TextField
            id="timeout"
            label="Timeout"
            hint="seconds, at most 30"
            inputMode="numeric"
            autoComplete="off"
            value={draft.timeout}
            error={wrong('timeout', 'The timeout') ?? wrong('timeoutSeconds', 'The timeout')}
            onChange={(event) => edit({ timeout: event.target.value })}
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
