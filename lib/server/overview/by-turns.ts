import { setImmediate as endOfTurn } from 'node:timers/promises'

/** Asks for several things one after the other, each in a turn of its own: in between, others are answered. */
export async function byTurns<const Asks extends readonly (() => Promise<unknown>)[]>(asks: Asks) {
  const answers: unknown[] = []
  for (const ask of asks) {
    await endOfTurn()
    answers.push(await ask())
  }
  return answers as { -readonly [At in keyof Asks]: Awaited<ReturnType<Asks[At]>> }
}
