import { setImmediate as turn } from 'node:timers/promises'

/** How many turns of the loop others had while something ran. */
export async function turnsOf(run: () => Promise<unknown>): Promise<number> {
  let [turns, over] = [0, false]
  const others = (async () => {
    for (; !over; turns++) await turn()
  })()
  await run()
  over = true
  await others
  return turns
}
