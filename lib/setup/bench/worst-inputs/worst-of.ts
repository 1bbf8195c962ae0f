/** For how long, in milliseconds, nothing that comes in may hold the one thread that serves everybody. */
export const holdGoal = 5

/** What was tried of a kind, and the worst of it. */
export interface Worst {
  title: string
  tried: number
  input: string
  milliseconds: number
  /** The code of the answer, or its status. */
  answer: string
}

/** What a request cost, and was answered. */
export interface Answer {
  milliseconds: number
  answer: string
}

// What seems too dear is tried for longer: a server that has just started compiles what it runs.
const repeats = 7
const warmRepeats = 60
const hotRepeats = 240

/** The worst of some: what costs little at once is tried no more, and of the others the median of the last tries counts. */
export async function worstOf(title: string, tries: { input: string; try: () => Promise<Answer> }[]): Promise<Worst> {
  let worst = { input: 'nothing', milliseconds: 0, answer: '' }
  for (const { input, try: once } of tries) {
    let { milliseconds, answer } = await once()
    const costs = [milliseconds]
    for (const [most, enough] of [
      [repeats, Math.max(holdGoal / 5, worst.milliseconds)],
      [warmRepeats, holdGoal],
      [hotRepeats, holdGoal],
    ] as const) {
      if (milliseconds <= enough) break
      while (costs.length < most) costs.push((await once()).milliseconds)
      milliseconds = median(costs.slice(-warmRepeats / 4))
    }
    if (milliseconds > worst.milliseconds) worst = { input, milliseconds, answer }
  }
  process.stderr.write(`  ${title}: ${worst.milliseconds.toFixed(2)} ms of ${worst.input}\n`)
  return { title, tried: tries.length, ...worst }
}

function median(numbers: number[]): number {
  return numbers.sort((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0
}
