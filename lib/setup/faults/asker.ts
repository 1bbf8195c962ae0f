import { Agent, request } from 'node:http'
import { request as requestByTls, Agent as TlsAgent } from 'node:https'
import { text } from 'node:stream/consumers'
import { setTimeout as elapse } from 'node:timers/promises'
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

const connections = { keepAlive: true, maxSockets: 32 }

/** Clients of a server, or of what stands before several. */
export class Asker {
  readonly #journal: Journal
  readonly #url: string
  readonly #agent: Agent

  /**
   * @param url where the server is, where that does not change
   * @param ca who vouches for its certificate, where it has one
   */
  constructor(journal: Journal, url = '', ca?: string) {
    this.#journal = journal
    this.#url = url
    this.#agent = ca ? new TlsAgent({ ...connections, ca }) : new Agent(connections)
  }

  /** Undefined: its answer did not come whole, or said that it could not now, or that this was too much at once. */
  async ask(method: string, path: string, { key, operation, json, form, headers }: Asked = {}) {
    const url = await this.url()
    const tally = key && operation ? this.#journal.tally(key.id, operation) : undefined
    const body = json ? JSON.stringify(json) : form && new URLSearchParams(form).toString()
    const type = json ? 'application/json' : 'application/x-www-form-urlencoded'
    const sent = {
      ...(key ? { 'X-API-Key': key.secret } : {}),
      ...(body === undefined ? {} : { 'Content-Type': type }),
      ...headers,
    }
    if (tally) tally.asked++
    const send = url.startsWith('https:') ? requestByTls : request
    const began = performance.now()
    return new Promise<Heard | undefined>((resolve) => {
      const outgoing = send(`${url}${path}`, { agent: this.#agent, method, headers: sent }, (incoming) => {
        const { statusCode: status = 0 } = incoming
        // What is refused as too much at once reached no handler, and is not counted.
        if (tally && status < 500 && status !== 429) tally.answered++
        this.heard(performance.now() - began)
        text(incoming).then(
          async (all) => {
            if (status === 429) await elapse(1_000)
            resolve(this.#judged(`${method} ${path}`, status, all))
          },
          () => resolve(undefined),
        )
      })
      outgoing.once('error', () => resolve(undefined)).end(body)
    })
  }

  protected url(): Promise<string> {
    return Promise.resolve(this.#url)
  }

  /** The head of an answer came, so many milliseconds after it was asked for. */
  protected heard(_milliseconds: number): void {}

  /** What is 503 and to be tried again did not happen, as where the machine has no time for the database; no other 5xx is right. */
  #judged(what: string, status: number, text: string): Heard | undefined {
    const body: Heard['body'] = text.startsWith('{') ? JSON.parse(text) : undefined
    if (status === 429) this.#journal.did('refusal as too much at once')
    if (status < 500) return status === 429 ? undefined : { status, body }
    if (status === 503 && ['unavailable', 'temporarily_unavailable'].includes(body?.code ?? body?.error))
      this.#journal.did('refusal as unavailable')
    else this.#journal.wrong.push(`${what}: ${status} ${text}`)
    return undefined
  }
}
