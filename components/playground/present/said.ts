import { besideRows } from './beside.ts'
import type { Story } from './story.ts'

interface Shown {
  story: Story
  at: number
  steps: number
  /** The tokens side by side, where they are on show. */
  beside: { token: string | undefined; other: string | undefined } | undefined
}

/** What the stage shows now, as it is read out. */
export function saidOf({ story, at, steps, beside }: Shown): string {
  if (beside) return beside.token && beside.other ? saidOfBoth([beside.token, beside.other]) : ''
  const scene = story.scenes[at]
  if (scene) return `${at + 1} of ${steps}. ${scene.say} ${scene.note}`
  const { ending, facts } = story
  if (!ending) return ''
  const { user } = ending.answer
  const where = facts.tenant ?? 'the server'
  return `${steps} of ${steps}. ${user.username} ${ending.kind === 'token' ? 'is signed in to' : 'has a passkey at'} ${where}.`
}

function saidOfBoth(tokens: readonly [string, string]): string {
  const rows = besideRows(tokens)
  const [one, other] = rows.find(({ claim }) => claim === 'providerTenantName')?.values ?? ['', '']
  const differ = rows.filter(({ differs }) => differs).map(({ claim }) => claim)
  const words = differ.length ? `They differ in ${differ.join(', ')}.` : 'They do not differ.'
  return `One username, two tokens: of ${one}, and of ${other}. ${words}`
}
