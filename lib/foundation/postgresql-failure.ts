import { setTimeout as elapse } from 'node:timers/promises'
import { refused, StorageUnavailable } from './storage-failure.ts'

const gone = 'its server is not there'
const damaged = 'a page of it is damaged. Look with `admin doctor`, and put the last backup back'

// What keeps PostgreSQL from answering, in words that go on from “The database cannot be used: ”; by its code, the system's, the
// kind that Prisma's adapter makes of it, or the driver's words.
// https://www.postgresql.org/docs/current/errcodes-appendix.html
const reasons: [RegExp, string][] = [
  [/^53100$/, 'the disk is full'],
  [/^XX00[12]$/, damaged],
  [/^(?:58030|58P01)$/, 'the disk cannot be written or read'],
  [/^(?:25006$|cannot use serializable mode in a hot standby)/, 'it may only be read'],
  [/^(?:53300|53400|TooManyConnections)$/, 'it takes no more connections'],
  [/^53200$/, 'its memory is full'],
  [/^(?:55P03|57014)$/, 'another process keeps it locked'],
  [/^(?:28...|DatabaseAccessDenied|AuthenticationFailed)$/, 'it does not let this user in'],
  [/^(?:3D000|DatabaseDoesNotExist)$/, 'it is not there'],
  [/^(?:08...|57P0[1-5])$/, gone],
  [/^E(?:CONNREFUSED|CONNRESET|NOENT|TIMEDOUT|PIPE|HOSTUNREACH|NETUNREACH|NOTFOUND|AI_AGAIN)$/, gone],
  [/^(?:DatabaseNotReachable|ConnectionClosed|SocketTimeout)$/, gone],
  [/^(?:timeout exceeded when|Connection terminated|Query read timeout|Client has encountered a connection)/, gone],
]

/**
 * Why the server, and not the question, made a query fail; undefined for every other error. Of an error that was made of
 * another, by that one.
 */
export function failureOf(error: unknown): string | undefined {
  const { code, message, cause } = (error ?? {}) as Told
  const told = [cause?.originalCode, cause?.originalMessage, cause?.kind, code, message]
  const words = told.filter((word) => typeof word === 'string')
  const reason = reasons.find(([pattern]) => words.some((word) => pattern.test(word)))?.[1]
  return reason ?? (cause instanceof Error ? failureOf(cause) : undefined)
}

/** Whether a page is damaged: then what stands there can be neither read nor changed, and everything else can. */
export function isDamaged(error: unknown): boolean {
  return failureOf(error) === damaged
}

/**
 * Whether a failure is of what one statement came to, a page or another's lock, so that others which were asked together with it
 * may go through by themselves.
 */
export function isOfOne(error: unknown): boolean {
  return /^(?:XX00[12]|58030|58P01|55P03)$/.test(String((error as Told | undefined)?.code))
}

interface Told {
  code?: unknown
  message?: unknown
  cause?: { originalCode?: unknown; originalMessage?: unknown; kind?: unknown }
}

/** An error of a query, as it is passed on: a failure of the server as StorageUnavailable, every other as it is. */
export function translated(error: unknown): unknown {
  const failure = failureOf(error)
  return failure && !(error instanceof StorageUnavailable) ? refused(error, failure) : error
}

const mostTries = 10

/**
 * Runs a transaction, or a statement that is one by itself, until it does not lose to another one: where it does, nothing of
 * it was kept. A migration that locks tables one after the other does that to what only reads, too. SQLite has none that lose.
 *
 * @throws StorageUnavailable where it lost again and again
 */
export async function untilNoConflict<Result>(run: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await run()
    } catch (error) {
      if (!isConflict(error)) throw error
      if (tries === mostTries) throw refused(error, `others came before it ${mostTries} times`)
    }
    // At random, so that those who lost to each other do not meet again; the longer, the more often they did.
    if (tries > 1) await elapse(Math.random() * Math.min(2 ** tries, 100))
  }
}

/** Whether a transaction lost to another one, and is worth another try as it was. */
export function isConflict(error: unknown): boolean {
  const { code, cause } = (error ?? {}) as Told
  return [cause?.originalCode, cause?.kind, code].some((word) =>
    /^(?:40001|40P01|TransactionWriteConflict|P2034)$/.test(String(word)),
  )
}
