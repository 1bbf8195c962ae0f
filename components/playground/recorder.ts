import { ApiError } from '#lib/sdk/api-error.ts'
import { UnsupportedCall } from '#lib/sdk/credentials/credential-errors.ts'
import type { ProviderBug } from '#lib/webauthn/provider-bugs/index.ts'
import type { Lane, Message, Run } from './run.ts'

/** Writes a ceremony down while it happens, and publishes every step of it. Runs are never changed, only replaced. */
export class Recorder {
  #run: Run
  readonly #publish: (run: Run) => void
  readonly #began = performance.now()
  /** What is wrong with the credential object, once there is one. */
  bugs: Promise<readonly ProviderBug[]> | undefined
  /** The software authenticator that answered, where it was one. */
  software: string | undefined

  constructor(kind: Run['kind'], publish: (run: Run) => void) {
    this.#run = { kind, startedAt: Date.now(), status: 'working', messages: [] }
    this.#publish = publish
  }

  /** Browser → server and back: the request, the wait, the answer. A refusal is an answer too. */
  async exchange<Answer>(
    request: { id: 'begin' | 'finish'; body: unknown },
    reply: { id: 'options' | 'answer'; label: string },
    call: () => Promise<Answer>,
  ): Promise<Answer> {
    const label = request.id
    this.#pass({ id: request.id, from: 'browser', to: 'server', label, body: request.body }, 'server')
    return this.#wait({ id: reply.id, from: 'server', to: 'browser', label: reply.label }, call)
  }

  /** Browser → authenticator and back. The wait is the person's. A browser without WebAuthn keeps it to itself. */
  async ask<Credential>(
    { mediation, ...request }: { label: string; body: unknown; mediation?: string | undefined },
    label: string,
    call: () => Promise<Credential>,
  ): Promise<Credential> {
    this.#pass(
      {
        ...{ id: 'request', from: 'browser', to: 'authenticator', ...request },
        ...(mediation === undefined ? {} : { mediation }),
      },
      'authenticator',
    )
    return this.#wait({ id: 'credential', from: 'authenticator', to: 'browser', label }, call)
  }

  /** The last word: how it ended. */
  end(ending: Pick<Run, 'status'> & Pick<Partial<Run>, 'registered' | 'authenticated' | 'failure' | 'bugs'>): Run {
    const { waitingFor: _, ...run } = this.#run
    const software = this.software === undefined ? {} : { software: this.software }
    return this.#show({ ...run, ...ending, ...software, took: performance.now() - this.#began })
  }

  async #wait<Answer>(message: Omit<Message, 'at'>, call: () => Promise<Answer>): Promise<Answer> {
    const asked = performance.now()
    const duration = () => performance.now() - asked
    try {
      const body = await call()
      this.#pass({ ...message, body, duration: duration() }, 'browser')
      return body
    } catch (error) {
      const refusal = error instanceof ApiError ? { label: error.code, body: error.problem } : { label: nameOf(error) }
      const by = error instanceof UnsupportedCall ? this.#keptInBrowser() : {}
      this.#pass({ ...message, ...by, ...refusal, duration: duration() }, 'browser')
      throw error
    }
  }

  /** No authenticator was ever asked: neither the request nor what refuses it leaves the browser. */
  #keptInBrowser(): Pick<Message, 'from'> {
    const messages = this.#run.messages.map((each) =>
      each.id === 'request' ? { ...each, to: 'browser' as const } : each,
    )
    this.#run = { ...this.#run, messages }
    return { from: 'browser' }
  }

  #pass(message: Omit<Message, 'at'>, waitingFor: Lane) {
    const size =
      message.body === undefined ? {} : { bytes: new TextEncoder().encode(JSON.stringify(message.body)).length }
    const passed: Message = { ...message, ...size, at: performance.now() - this.#began }
    this.#show({ ...this.#run, waitingFor, messages: [...this.#run.messages, passed] })
  }

  #show(run: Run): Run {
    this.#run = run
    this.#publish(run)
    return run
  }
}

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'Error'
  return error.cause instanceof Error ? error.cause.name : error.name
}
