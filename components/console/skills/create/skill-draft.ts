import type { Environment } from '#lib/contract/environment.ts'
import type { RemoteSkillCreate } from '#lib/contract/skills.ts'
import { urlMistake } from '../../endpoint/url-words.ts'
import { centsOf } from '../../money.ts'
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
  priceAmount: string
  timeoutSeconds: string
}

export function emptyDraft(environment: Environment): SkillDraft {
  const texts = { id: '', name: '', description: '', url: '', inputSchema: '', outputSchema: '' }
  return { environment, ...texts, priceAmount: '0.00', timeoutSeconds: '10' }
}

export type SkillMistakes = Partial<
  Record<'id' | 'name' | 'url' | 'inputSchema' | 'outputSchema' | 'priceAmount' | 'timeoutSeconds', string>
>

/** What is missing before the server can be asked. */
export function draftMistakes(draft: SkillDraft): SkillMistakes {
  const mistakes: SkillMistakes = {}
  if (!draft.id.trim()) mistakes.id = 'Give it an id, such as acme.translate: programs name it so.'
  if (!draft.name.trim()) mistakes.name = 'Give it a name: people see it.'
  const url = urlMistake(draft.url)
  if (url) mistakes.url = url
  for (const field of ['inputSchema', 'outputSchema'] as const) {
    const read = readObject(draft[field])
    if ('mistake' in read) mistakes[field] = read.mistake
  }
  if (centsOf(draft.priceAmount) === undefined) mistakes.priceAmount = 'Write dollars and cents, as 0.25.'
  if (!/^\d{1,3}$/.test(draft.timeoutSeconds.trim())) mistakes.timeoutSeconds = 'Write whole seconds, from 1 to 30.'
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
    priceAmount: centsOf(draft.priceAmount) ?? 0,
    timeoutSeconds: Number(draft.timeoutSeconds),
  }
}
