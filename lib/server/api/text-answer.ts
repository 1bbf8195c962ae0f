import type { ServerResponse } from 'node:http'
import type { getRequestListener } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Context } from 'hono'

/**
 * An answer that is whole, a text. Node sends it as it is: a `Response`, which would cost more than most of what is answered,
 * is made of it only where somebody asks for more than its status.
 */
export class TextAnswer {
  readonly status: number
  readonly #text: string
  /** Names and values in turn. */
  readonly #headers: string[]
  #made: Response | undefined

  constructor(text: string, status: number, type: string) {
    this.status = status
    this.#text = text
    this.#headers = ['Content-Type', type]
  }

  /** Adds headers, names and values in turn. */
  add(headers: readonly string[]): void {
    this.#headers.push(...headers)
  }

  send(outgoing: ServerResponse): Response {
    this.#headers.push('Content-Length', String(Buffer.byteLength(this.#text)))
    outgoing.writeHead(this.status, this.#headers).end(this.#text)
    return RESPONSE_ALREADY_SENT
  }

  get headers(): Headers {
    return this.#response().headers
  }

  get body(): Response['body'] {
    return this.#response().body
  }

  get bodyUsed(): boolean {
    return this.#response().bodyUsed
  }

  get statusText(): string {
    return ''
  }

  #response(): Response {
    const pairs = this.#headers.flatMap((name, at) => (at % 2 ? [] : [[name, this.#headers[at + 1] ?? ''] as const]))
    this.#made ??= new Response(this.#text, { status: this.status, headers: pairs.map(([...pair]) => pair) })
    return this.#made
  }
}

/** `c.json`, for what is asked so often that its way out counts; where Node's own answer is in sight, it is sent as text. */
export function answer<Value, Status extends 200 | 201>(c: Context, value: Value, status: Status) {
  const { outgoing } = (c.env ?? {}) as { outgoing?: ServerResponse }
  const made = outgoing
    ? new TextAnswer(JSON.stringify(value), status, 'application/json')
    : c.json(value as object, status)
  return made as unknown as ReturnType<typeof c.json<Value, Status>>
}

type Fetch = (request: Request, env: object) => Response | Promise<Response>

/** What answers requests, as Node's listener takes it: an answer that is a text is sent here, and every other by the listener. */
export function sendingText(fetch: Fetch) {
  const sending = async (request: Request, env: { outgoing: ServerResponse }) => {
    const answer = await fetch(request, env)
    return answer instanceof TextAnswer ? answer.send(env.outgoing) : answer
  }
  return sending as Parameters<typeof getRequestListener>[0]
}
