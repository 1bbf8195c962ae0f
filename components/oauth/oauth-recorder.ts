import { oauthFailureOf } from './oauth-failure.ts'
import type { Flow, HttpMessage, OAuthChoices, StepId, StepRun } from './oauth-flow.ts'

/** Writes the flow down while it happens, and publishes every change of it. */
export class OAuthRecorder {
  #flow: Flow
  #running: StepId | undefined
  readonly #publish: (flow: Flow) => void

  constructor(choices: OAuthChoices, publish: (flow: Flow) => void) {
    this.#flow = { steps: {}, choices }
    this.#publish = publish
  }

  get flow(): Flow {
    return this.#flow
  }

  /** Takes a step, one at a time. False: it did not work, and the flow says why. */
  async step(id: StepId, work: () => Promise<string>): Promise<boolean> {
    if (this.#running) return this.missing(id, 'One moment: another step is under way.')
    this.#running = id
    const began = performance.now()
    this.#flow = { ...without(this.#flow, 'missing'), latest: { step: id } }
    this.#replace(id, { status: 'working', messages: [] })
    try {
      const outcome = await work()
      this.#end(id, { status: 'done', outcome }, began)
      return true
    } catch (error) {
      this.#end(id, { status: 'failed', failure: oauthFailureOf(error) }, began)
      return false
    }
  }

  /** Says what a step needs that is not there yet. */
  async missing(step: StepId, words: string): Promise<false> {
    this.show({ missing: { step, words } })
    return false
  }

  /** Writes a message down, or what became of one that was there before. */
  write(message: HttpMessage, before?: HttpMessage): void {
    const id = this.#running
    const run = id && this.#flow.steps[id]
    if (!id || !run) return
    const messages = before
      ? run.messages.map((each) => (each === before ? message : each))
      : [...run.messages, message]
    this.#replace(id, { ...run, messages })
  }

  show(change: Partial<Flow>): void {
    this.#flow = { ...this.#flow, ...change }
    this.#publish(this.#flow)
  }

  #end(id: StepId, ending: Pick<StepRun, 'status' | 'outcome' | 'failure'>, began: number): void {
    this.#running = undefined
    this.#flow = without(without(this.#flow, 'missing'), 'blocked')
    const messages = this.#flow.steps[id]?.messages ?? []
    this.#replace(id, { messages, ...ending, took: performance.now() - began })
  }

  #replace(id: StepId, run: StepRun): void {
    this.show({ steps: { ...this.#flow.steps, [id]: run } })
  }
}

function without(flow: Flow, member: 'missing' | 'blocked'): Flow {
  const { [member]: _, ...rest } = flow
  return rest
}
