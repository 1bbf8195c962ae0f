import { Connection, message } from './connection.ts'
import { type Asker, endpoints } from './worst-inputs/endpoints.ts'
import { type Expression, measureExpressions } from './worst-inputs/expressions.ts'
import { heads } from './worst-inputs/heads.ts'
import { type People, people } from './worst-inputs/people.ts'
import type { LongestTurn } from './worst-inputs/turns.ts'
import { ways } from './worst-inputs/ways.ts'

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

/** What the worst inputs cost. */
export interface WorstInputs {
  /** Every endpoint with a body, then every ceremony's end, then requests without a body. */
  requests: Worst[]
  expressions: Expression[]
}

interface Answer {
  milliseconds: number
  answer: string
}

// What seems too dear is tried for longer: a server that has just started compiles what it runs.
const repeats = 7
const warmRepeats = 60
const hotRepeats = 240

/**
 * Sends what is worst of JSON, forms, Unicode and CBOR to everything that takes it, one at a time, and tries every
 * regular expression that the server has. What a request costs is the most CPU that one turn of the server's loop takes
 * from its connection on: for so long it holds everybody else up.
 *
 * @throws Error when an answer is a 5xx
 */
export async function measureWorstInputs(server: { baseUrl: string; longestTurn: LongestTurn }): Promise<WorstInputs> {
  const askers = await people(server.baseUrl)
  const ask = asking(server)
  const requests: Worst[] = []
  for (const { method, path, as, type, bodies } of endpoints()) {
    const who = await askers.headers(as)
    const tries = Object.entries(bodies).map(([input, body]) => ({
      input,
      try: () => ask(method, path, { ...who, ...nextVisitor(as), 'content-type': type }, body),
    }))
    requests.push(await worstOf(`${method} ${path}, ${as}`, tries))
  }
  for (const { title, inputs } of await ways(server.baseUrl, askers)) {
    const tries = Object.entries(inputs).map(([input, begin]) => ({
      input,
      try: async () => {
        const { path, headers, body } = await begin()
        return ask('POST', path, { ...headers, ...nextVisitor('anybody'), 'content-type': 'application/json' }, body)
      },
    }))
    requests.push(await worstOf(title, tries))
  }
  requests.push(await headsOf(askers, ask))
  return { requests, expressions: measureExpressions() }
}

type Ask = ReturnType<typeof asking>

async function headsOf(askers: People, ask: Ask): Promise<Worst> {
  const tries = await Promise.all(
    Object.entries(heads).map(async ([input, { path, as, headers }]) => {
      const who = { ...(await askers.headers(as)), ...headers }
      return { input, try: () => ask('GET', path, { ...nextVisitor(as), ...who }) }
    }),
  )
  return worstOf('GET, heads and queries', tries)
}

/** The worst of some: what costs little at once is tried no more, and of the others the median of the last tries counts. */
async function worstOf(title: string, tries: { input: string; try: () => Promise<Answer> }[]): Promise<Worst> {
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

/** Sends a request over a connection of its own, and says what it cost. */
function asking({ baseUrl, longestTurn }: { baseUrl: string; longestTurn: LongestTurn }) {
  return async (method: string, path: string, headers: Record<string, string>, body?: string): Promise<Answer> => {
    const connection = new Connection(baseUrl)
    await longestTurn()
    const { status, body: text } = await connection.send(
      message(method, path, { host: connection.host, ...headers }, body),
    )
    const milliseconds = await longestTurn()
    connection.close()
    // 501 is a refusal: of what the MPC server has no method for.
    if (status >= 500 && status !== 501)
      throw new Error(`${method} ${path} was answered ${status}: ${text.slice(0, 500)}`)
    return { milliseconds, answer: /"(?:code|error)":"(\w+)"/.exec(text)?.[1] ?? String(status) }
  }
}

let visitors = 0

/** An address of its own for each request of nobody's, so that no limit stands in the way: the loopback is a trusted proxy. */
function nextVisitor(as: Asker): Record<string, string> {
  visitors++
  return as === 'anybody'
    ? { 'x-forwarded-for': `10.${visitors >> 16}.${(visitors >> 8) & 255}.${visitors & 255}` }
    : {}
}
