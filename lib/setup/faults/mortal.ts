import { serveApi } from '../serve-api.ts'
import { Asker } from './asker.ts'
import type { Journal } from './journal.ts'

/** A server that is killed and begun again, as its clients see it. */
export class Mortal extends Asker {
  readonly #dataDir: string
  readonly #settings: Record<string, string>
  #server: Awaited<ReturnType<typeof serveApi>> | undefined
  #up = Promise.withResolvers<string>()
  #firstAnswer = Promise.withResolvers<void>()

  constructor(dataDir: string, settings: Record<string, string>, journal: Journal) {
    super(journal)
    this.#dataDir = dataDir
    this.#settings = settings
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

  /** Of the server that is there, or the next one. */
  protected override url(): Promise<string> {
    return this.#up.promise
  }

  protected override heard(): void {
    this.#firstAnswer.resolve()
  }
}
