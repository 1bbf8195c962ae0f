import { join } from 'node:path'
import { setTimeout as elapse } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { clock } from '../../clock.ts'
import { Problem } from '../../problem.ts'
import type { Given, JobName, Result } from './job.ts'

/** A job that was ended: it took longer than it may, or more memory than there is for it. */
export class TookTooMuch extends Error {
  override name = 'TookTooMuch'
}

/** A job of a run whose time had passed before it was done. */
export class TookTooLong extends Error {
  override name = 'TookTooLong'
}

/** What is granted to a job. */
interface Terms {
  /** What it may compute. */
  milliseconds: number
  /** Whose it is: those of different owners take turns. */
  owner: string
  /** Of a run that is under way: until then it has to be done. It goes before what is not of a run, and is never refused. */
  until?: Date
}

interface Job extends Terms {
  name: JobName
  given: object
  end?: NodeJS.Timeout
  done: (result: never) => void
  failed: (error: Error) => void
}

// Threads are started when they are first needed. Two, of which one owner has one: what is slow holds up nobody else.
const size = 2
const waitingOfOne = 100
const waitingMilliseconds = 30_000
/** Before a run's time passes: what is left to keep what came of it. */
const leftMilliseconds = 2_000
/** So many times as long as it may compute, a job may take in all. */
const mostWaiting = 10
const patience = 1_000
const memory = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 }

// Next's bundle and the entry point are separate module graphs of one process.
const shared = globalThis as { playgroundApart?: { threads: Set<Thread>; waiting: Map<string, Job[]> } }
shared.playgroundApart ??= { threads: new Set(), waiting: new Map() }
const { threads, waiting } = shared.playgroundApart

/**
 * Does a job in a thread beside the server, so that it holds up nobody; once it has computed for `milliseconds` it is ended,
 * and the thread with it.
 *
 * @throws TookTooMuch
 * @throws TookTooLong where it is of a run, and its time passed while it waited or was done
 * @throws Problem unavailable where it is of none, and one owner has a hundred waiting, or it waited for half a minute
 */
export function apart<Name extends JobName>(name: Name, given: Given<Name>, terms: Terms): Promise<Result<Name>> {
  const { owner, until } = terms
  const jobs = waiting.get(owner) ?? []
  const ofRuns = jobs.filter((job) => job.until)
  const others = jobs.filter((job) => !job.until)
  if (!until && others.length >= waitingOfOne) throw tooBusy()
  return new Promise<Result<Name>>((done, failed) => {
    const job: Job = { name, given, ...terms, done, failed }
    const patience = until ? until.getTime() - clock.now() - leftMilliseconds : waitingMilliseconds
    job.end = setTimeout(() => giveUp(job), Math.max(0, patience)).unref()
    waiting.set(owner, until ? [...ofRuns, job, ...others] : [...ofRuns, ...others, job])
    goOn()
  })
}

/** Ends a job that has waited for too long; one of a run also while it is done. */
function giveUp(job: Job): void {
  const jobs = waiting.get(job.owner) ?? []
  const rest = jobs.filter((other) => other !== job)
  if (rest.length < jobs.length) {
    if (rest.length > 0) waiting.set(job.owner, rest)
    else waiting.delete(job.owner)
    job.failed(job.until ? new TookTooLong('It waited for too long.') : tooBusy())
  } else if (job.until) {
    for (const thread of threads) if (thread.does(job)) thread.end(new TookTooLong('Its run’s time has passed.'))
  }
}

function tooBusy(): Problem {
  return new Problem('unavailable', 'Too much of this is being done already. Try again.', {
    headers: { 'Retry-After': '1' },
  })
}

function goOn(): void {
  if (!turn()) return
  let idle = [...threads].find((thread) => thread.isIdle)
  if (!idle && threads.size < size) {
    idle = new Thread()
    threads.add(idle)
  }
  const job = idle && next()
  if (job) idle?.take(job)
}

/** The owner who has waited longest of those for whom no thread works. */
function turn(): string | undefined {
  const busy = new Set([...threads].map(({ owner }) => owner))
  return [...waiting.keys()].find((owner) => !busy.has(owner))
}

/** The first job of the owner whose turn it is; that owner is the last now. */
function next(): Job | undefined {
  const owner = turn()
  if (owner === undefined) return undefined
  const [job, ...rest] = waiting.get(owner) ?? []
  waiting.delete(owner)
  if (rest.length > 0) waiting.set(owner, rest)
  return job
}

class Thread {
  readonly #worker = new Worker(join(process.cwd(), 'lib/server/skills/apart/worker.ts'), {
    env: {},
    execArgv: [],
    resourceLimits: memory,
  })
  #ready = false
  #ended = false
  #job: Job | undefined
  /** For whom it works; also while it is ending, which may take as long as what it was ended for. */
  owner: string | undefined
  #timer: NodeJS.Timeout | undefined

  constructor() {
    // What runs in it is nobody's reason to stay: a process that has nothing else to do ends.
    this.#worker.unref()
    this.#worker.on('message', (message: 'ready' | { result: never } | { failed: string; tooMuch: boolean }) => {
      if (message === 'ready') {
        this.#ready = true
        return this.#begin()
      }
      const job = this.#leave()
      this.owner = undefined
      if ('result' in message) job?.done(message.result)
      else job?.failed(message.tooMuch ? new TookTooMuch(message.failed) : new Error(message.failed))
      goOn()
    })
    this.#worker.on('error', (error) => this.end(tooMuch(error)))
    this.#worker.on('exit', () => {
      this.end(tooMuch(new Error('The thread ended.')))
      threads.delete(this)
      goOn()
    })
  }

  get isIdle(): boolean {
    return this.#job === undefined && !this.#ended
  }

  does(job: Job): boolean {
    return this.#job === job
  }

  take(job: Job): void {
    this.#job = job
    this.owner = job.owner
    this.#worker.ref()
    if (this.#ready) this.#begin()
  }

  #begin(): void {
    if (!this.#job) return
    const { name, given } = this.#job
    const began = { at: performance.now(), used: this.#used() }
    this.#worker.postMessage({ name, given })
    this.#lookAfter(this.#job, began)
  }

  /** Ends a job that has computed for longer than it may; a machine that is busy with others gives it no shorter time. */
  #lookAfter(job: Job, began: { at: number; used: Promise<number> }): void {
    this.#timer = setTimeout(async () => {
      const computed = (await this.#used()) - (await began.used)
      if (this.#job !== job) return
      const waited = performance.now() - began.at
      if (computed < job.milliseconds && waited < mostWaiting * job.milliseconds) return this.#lookAfter(job, began)
      this.end(tooMuch(new Error(`It computed for ${Math.round(computed)} ms.`)))
    }, job.milliseconds / 4)
  }

  /** Milliseconds that the thread has computed. One that does not say is taken to have computed all the time. */
  async #used(): Promise<number> {
    const silent = elapse(patience, undefined, { ref: false }).then(() => performance.now())
    const told = this.#worker.cpuUsage().then(({ user, system }) => (user + system) / 1000)
    return Promise.race([told, silent]).catch(() => 0)
  }

  #leave(): Job | undefined {
    const job = this.#job
    clearTimeout(this.#timer)
    clearTimeout(job?.end)
    this.#job = undefined
    this.#worker.unref()
    return job
  }

  /** Its place is free once it has exited: what V8 does by itself is not to be interrupted. */
  end(why: Error): void {
    if (this.#ended) return
    this.#ended = true
    this.#leave()?.failed(why)
    void this.#worker.terminate()
  }
}

function tooMuch(cause: Error): TookTooMuch {
  return new TookTooMuch('It took too much.', { cause })
}
