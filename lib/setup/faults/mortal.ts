import { Agent, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { serveApi } from '../serve-api.ts'
import type { Journal } from './journal.ts'

/** Whose key a request shows, and what it is counted as; left out where that is not compared. */
interface Asked {
  key?: { id: string; secret: string }
  operation?: string
  json?: object
  form?: Record<string, string>
  headers?: Record<string, string>
}

/** An answer that came whole. */
export interface Heard {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: the answers’ own suites check them
  body: any
}

/** A server that is killed and begun again, as its clients see it. */
export class Mortal {
  readonly #dataDir: string
  readonly #settings: Record<string, string>
  readonly #journal: Journal
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 32 })
  #server: Awaited<ReturnType<typeof serveApi>> | undefined
  #up = Promise.withResolvers<string>()
  #firstAnswer = Promise.withResolvers<void>()

  constructor(dataDir: string, settings: Record<string, string>, journal: Journal) {
    this.#dataDir = dataDir
    this.#settings = settings
    this.#journal = journal
  }

  /** Begins it; resolves once it answers. */
  async begin(): Promise<void> {
    this.#firstAnswer = Promise.withResolvers()
    this.#server = await serveApi(this.#dataDir, this.#settings)
    this.#up.resolve(this.#server.url)
  }

  /** Once somebody had an answer of it since it was begun. */
  answered(): Promise<void> {
    return this.#firstAnswer.promise
  }

  /** Ends it; who asks from now on waits for the next one. */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    this.#up = Promise.withResolvers()
    const code = await this.#server?.stop(signal)
    this.#server = undefined
    return code ?? null
  }

  /** Asks the server that is there, or the next one. Undefined: it died before its answer had come whole, or could not now. */
  async ask(method: string, path: string, { key, operation, json, form, headers }: Asked = {}) {
    const url = await this.#up.promise
    const tally = key && operation ? this.#journal.tally(key.id, operation) : undefined
    const body = json ? JSON.stringify(json) : form && new URLSearchParams(form).toString()
    const type = json ? 'application/json' : 'application/x-www-form-urlencoded'
    const sent = {
      ...(key ? { 'X-API-Key': key.secret } : {}),
      ...(body === undefined ? {} : { 'Content-Type': type }),
      ...headers,
    }
    if (tally) tally.asked++
    return new Promise<Heard | undefined>((resolve) => {
      const outgoing = request(`${url}${path}`, { agent: this.#agent, method, headers: sent }, (incoming) => {
        const { statusCode: status = 0 } = incoming
        if (tally && status < 500) tally.answered++
        this.#firstAnswer.resolve()
        text(incoming).then(
          (all) => resolve(this.#judged(`${method} ${path}`, status, all ? JSON.parse(all) : undefined)),
          () => resolve(undefined),
        )
      })
      outgoing.once('error', () => resolve(undefined)).end(body)
    })
  }

  /** What is 503 and to be tried again did not happen, as where the machine has no time for the database; no other 5xx is right. */
  #judged(what: string, status: number, body: Heard['body']): Heard | undefined {
    if (status < 500) return { status, body }
    if (status === 503 && ['unavailable', 'temporarily_unavailable'].includes(body?.code ?? body?.error))
      this.#journal.did('refusal as unavailable')
    else this.#journal.wrong.push(`${what}: ${status} ${JSON.stringify(body)}`)
    return undefined
  }
}
