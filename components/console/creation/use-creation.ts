import { type FormEvent, type RefObject, useRef, useState } from 'react'
import type { Environment } from '#lib/contract/environment.ts'
import type { ConsoleClient } from '#lib/sdk/console.ts'
import { fieldErrors } from '../field-errors.ts'
import { focusMistake } from '../focus-mistake.ts'
import { useShown } from '../frame/use-environment.ts'
import { type Change, useChange } from '../use-change.ts'

interface Settings<Draft, Created> {
  first: () => Draft
  environmentOf: (draft: Draft) => Environment
  /** What is missing before the server can be asked, by field. */
  mistakesOf: (draft: Draft) => Partial<Record<string, string>>
  /** The fields of the request that the form has a place for. */
  fields: readonly string[]
  /** What else an edit changes. */
  settled?: (draft: Draft) => Draft
  /** The request, ready to be sent; undefined where something outside the draft is wrong, and says so itself. */
  request: (
    draft: Draft,
    edit: (part: Partial<Draft>) => void,
  ) => ((api: ConsoleClient) => Promise<Created>) | undefined
  onCreated: (created: Created) => void
}

export interface Creation<Draft> {
  draft: Draft
  edit: (part: Partial<Draft>) => void
  form: RefObject<HTMLFormElement | null>
  submit: (event: FormEvent) => Promise<void>
  change: Change
  /** What is wrong with a field: the page's own word before the server's. */
  wrong: (field: string, subject: string) => string | undefined
  /** What the page has to say of a field. */
  missing: (field: string) => string | undefined
  refused: ReturnType<typeof fieldErrors>
}

/**
 * A form that makes something: its draft, what is missing, what the server refused. The button is never dead: it says
 * what is missing, and takes one there. What is live is confirmed with a passkey.
 */
export function useCreation<Draft, Created>(settings: Settings<Draft, Created>): Creation<Draft> {
  const { environmentOf, mistakesOf, fields, settled = (draft) => draft, request, onCreated } = settings
  const [draft, set] = useState(settings.first)
  useShown(environmentOf(draft))
  const [tried, setTried] = useState(false)
  const change = useChange()
  const form = useRef<HTMLFormElement>(null)
  const mistakes = tried ? mistakesOf(draft) : {}
  const refused = fieldErrors(change.error, fields)

  function edit(part: Partial<Draft>) {
    change.clear()
    set((before) => settled({ ...before, ...part }))
  }

  async function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    const send = request(draft, edit)
    if (!send || Object.keys(mistakesOf(draft)).length) return focusMistake(form.current)
    const created = await change.run(send, environmentOf(draft) === 'live' && 'fresh')
    if (created) onCreated(created)
    else focusMistake(form.current)
  }

  const missing = (field: string) => mistakes[field]
  const wrong = (field: string, subject: string) => missing(field) ?? refused.of(field, subject)
  return { draft, edit, form, submit, change, wrong, missing, refused }
}
