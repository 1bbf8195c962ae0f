import type { Environment } from '#lib/contract/environment.ts'
import type { RemoteSkillCreate } from '#lib/contract/skills.ts'
import { readObject } from '../schema/schema-text.ts'

/** A skill that is being thought of: numbers and schemas as they are typed. */
export interface SkillDraft {
  environment: Environment
  id: string
  name: string
  description: string
  url: string
  inputSchema: string
  outputSchema: string
  /** In dollars. */
  price: string
  timeout: string
}

export function emptyDraft(environment: Environment): SkillDraft {
  const texts = { id: '', name: '', description: '', url: '', inputSchema: '', outputSchema: '' }
  return { environment, ...texts, price: '0.00', timeout: '10' }
}

export type SkillMistakes = Partial<
  Record<'id' | 'name' | 'url' | 'inputSchema' | 'outputSchema' | 'price' | 'timeout', string>
>

/** What is missing before the server can be asked. */
export function draftMistakes(draft: SkillDraft): SkillMistakes {
  const mistakes: SkillMistakes = {}
  if (!draft.id.trim()) mistakes.id = 'Give it an id: callers name it so.'
  if (!draft.name.trim()) mistakes.name = 'Give it a name.'
  if (!draft.url.trim()) mistakes.url = 'Say where your endpoint is.'
  for (const field of ['inputSchema', 'outputSchema'] as const) {
    const read = readObject(draft[field])
    if ('mistake' in read) mistakes[field] = read.mistake
  }
  if (centsOf(draft.price) === undefined) mistakes.price = 'Write dollars and cents, as 0.25.'
  if (!/^\d{1,3}$/.test(draft.timeout.trim())) mistakes.timeout = 'Write whole seconds, from 1 to 30.'
  return mistakes
}

/** The draft as the server wants it, once nothing is missing. */
export function requestOf(draft: SkillDraft): RemoteSkillCreate {
  const [input, output] = [readObject(draft.inputSchema), readObject(draft.outputSchema)]
  return {
    id: draft.id.trim(),
    name: draft.name.trim(),
    description: draft.description.trim(),
    url: draft.url.trim(),
    inputSchema: 'value' in input ? input.value : {},
    outputSchema: 'value' in output ? output.value : {},
    priceAmount: centsOf(draft.price) ?? 0,
    timeoutSeconds: Number(draft.timeout),
  }
}

/** Cents of an amount in dollars; undefined for what is none. */
export function centsOf(text: string): number | undefined {
  const [, dollars, cents = ''] = /^\s*(\d{1,7})(?:\.(\d{1,2}))?\s*$/.exec(text) ?? []
  return dollars === undefined ? undefined : Number(dollars) * 100 + Number(cents.padEnd(2, '0'))
}
