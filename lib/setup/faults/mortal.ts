import { serveApi } from '../serve-api.ts'
import { Asker } from './asker.ts'
import type { Journal } from './journal.ts'

type Server = Awaited<ReturnType<typeof serveApi>>

/** A server that is killed, and its successor, which is up by then or soon after, as their clients see them. */
export class Mortal extends Asker {
  readonly #dataDir: string
  readonly #settings: Record<string, string>
  #server: Server | undefined
  #successor: Promise<Server> | undefined
  #up = Promise.withResolvers<string>()
  #firstAnswer = Promise.withResolvers<void>()

  constructor(dataDir: string, settings: Record<string, string>, journal: Journal) {
    super(journal)
    this.#dataDir = dataDir
    this.#settings = settings
  }

  /** Begins it, or has its successor asked from now on; resolves once that answers. */
  async begin(): Promise<void> {
    this.#firstAnswer = Promise.withResolvers()
    this.#server = await (this.#successor ?? this.#serve())
    this.#up.resolve(this.#server.url)
    this.#successor = this.#serve()
    this.#successor.catch(() => undefined)
  }

  /** Once somebody had an answer of it since it was begun. */
  answered(): Promise<void> {
    return this.#firstAnswer.promise
  }

  /** Kills it; who asks from now on waits for its successor. */
  async kill(): Promise<void> {
    this.#up = Promise.withResolvers()
    await this.#server?.stop('SIGKILL')
    this.#server = undefined
  }

  /** Ends it and its successor: their exit codes. */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<(number | null)[]> {
    const both = [this.#server, await this.#successor?.catch(() => undefined)]
    this.#server = undefined
    this.#successor = undefined
    return Promise.all(both.flatMap((server) => (server ? [server.stop(signal)] : [])))
  }

  #serve(): Promise<Server> {
    return serveApi(this.#dataDir, this.#settings)
  }

  /** Of the server that is there, or the next one. */
  protected override url(): Promise<string> {
    return this.#up.promise
  }

  protected override heard(): void {
    this.#firstAnswer.resolve()
  }
}
