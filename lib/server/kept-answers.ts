import { clock, isDue } from './clock.ts'

const minute = 60_000
const mostKept = 1_000

/** Whether anything is kept: for the bench, which measures what it spares. */
export const keeping = { on: true }

/**
 * Keeps answers that were dear: whoever asks for the same within a minute, or as long as is said, is given that one. What was cheap is made anew for
 * everybody, so that a small tenant sees all of what it just did.
 *
 * @param isDear by how much was gone through for it
 */
export function keepAnswers<Answer>(isDear: (answer: Answer) => boolean, keptMilliseconds = minute) {
  const all = new Map<string, { answer: Answer; at: number }>()
  return async (name: string, ask: () => Promise<Answer>): Promise<Answer> => {
    const known = all.get(name)
    if (known && !isDue(known.at, keptMilliseconds)) return known.answer
    const answer = await ask()
    all.delete(name)
    if (keeping.on && isDear(answer)) all.set(name, { answer, at: clock.now() })
    // The oldest goes: it is the first one.
    for (const oldest of all.keys()) if (all.size > mostKept) all.delete(oldest)
    return answer
  }
}
