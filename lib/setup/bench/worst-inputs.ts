import { randomUUID } from 'node:crypto'
import type { Issuer } from '../issuer.ts'
import { Connection, message } from './connection.ts'
import { type Asker, endpoints } from './worst-inputs/endpoints.ts'
import { type Expression, measureExpressions } from './worst-inputs/expressions.ts'
import { heads } from './worst-inputs/heads.ts'
import { type People, people } from './worst-inputs/people.ts'
import { rpcs } from './worst-inputs/rpcs.ts'
import type { LongestTurn } from './worst-inputs/turns.ts'
import { ways } from './worst-inputs/ways.ts'
import { type Answer, type Worst, worstOf } from './worst-inputs/worst-of.ts'

/** A server whose loop is watched. */
export interface Watched {
  baseUrl: string
  longestTurn: LongestTurn
}

/** What the worst inputs cost. */
export interface WorstInputs {
  /** Every endpoint with a body, then every ceremony's end, requests without a body, and every rpc of the MPC server. */
  requests: Worst[]
  expressions: Expression[]
}

/**
 * Sends what is worst of JSON, forms, Unicode, CBOR and Protobuf to everything that takes it, one at a time, and tries every
 * regular expression that the server has. What a request costs is the most CPU that one turn of the server's loop takes
 * from its connection on: for so long it holds everybody else up.
 *
 * @throws Error when an answer is a 5xx
 */
export async function measureWorstInputs(server: Watched, mpc: Watched, issuer: Issuer): Promise<WorstInputs> {
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
  requests.push(...(await rpcsOf(issuer, asking(mpc))))
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

/** Each call is another user's, or member's, so that no limit stands in the way. */
async function rpcsOf(issuer: Issuer, ask: Ask): Promise<Worst[]> {
  const found: Worst[] = []
  let callers = 0
  for (const { path, ofTenants, type, bodies } of rpcs()) {
    const token = () => {
      callers++
      return ofTenants
        ? issuer.tenantToken({ sub: `mem_${callers}`, jti: randomUUID() })
        : issuer.token({ sub: `usr_${callers}` })
    }
    const tries = Object.entries(bodies).map(([input, body]) => ({
      input,
      try: async () => ask('POST', path, { authorization: `Bearer ${await token()}`, 'content-type': type }, body),
    }))
    found.push(await worstOf(`${path}, ${type.slice('application/'.length)}`, tries))
  }
  return found
}

/** Sends a request over a connection of its own, and says what it cost. */
function asking({ baseUrl, longestTurn }: Watched) {
  return async (
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: string | Uint8Array,
  ): Promise<Answer> => {
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
