import * as http from 'node:http'
import * as https from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { hostOf, mayCall, whyNotCallable } from './callable.ts'
import { resolver } from './resolver.ts'

export interface CallOut {
  url: string
  method: string
  headers: Record<string, string>
  body: string | Buffer
  /** For all of it: the name, the connection, the answer to its last byte. */
  timeoutMs: number
  /** More of the answer's body is not read. */
  maxAnswerBytes: number
  signal?: AbortSignal | undefined
}

export type CallOutcome = Answered | Failed

interface Answered {
  outcome: 'answered'
  status: number
  headers: http.IncomingHttpHeaders
  body: Buffer
  /** Whether there was more of the body. */
  truncated: boolean
  milliseconds: number
}

interface Failed {
  outcome: 'failed'
  failure: Failure
  milliseconds: number
  /** What happened, for people. */
  words: string
}

/** `refused`: no connection came about, or it ended before an answer did that can be read. */
export type Failure = 'timeout' | 'refused' | 'tls' | 'dns' | 'blocked_address'

/**
 * Calls a URL that somebody else chose. Only public addresses are called: a name is looked up once, every address that it
 * leads to is checked, and the connection goes to one of those and nowhere else. No redirect is followed.
 *
 * @throws the reason of `signal` where that ends it; TypeError for a URL or header that is none
 */
export async function callOut(call: CallOut): Promise<CallOutcome> {
  const began = performance.now()
  const timeout = AbortSignal.timeout(call.timeoutMs)
  const ended = call.signal ? AbortSignal.any([timeout, call.signal]) : timeout
  const target = new URL(call.url)
  const milliseconds = () => Math.round(performance.now() - began)
  try {
    const addresses = await checkedAddresses(target, ended)
    return { outcome: 'answered', ...(await exchange(target, addresses, call, ended)), milliseconds: milliseconds() }
  } catch (error) {
    call.signal?.throwIfAborted()
    const known = timeout.aborted
      ? new CallFailed('timeout', `No whole answer came within ${call.timeoutMs / 1000} s.`)
      : error
    if (!(known instanceof CallFailed)) throw error
    return { outcome: 'failed', failure: known.failure, milliseconds: milliseconds(), words: known.message }
  }
}

class CallFailed extends Error {
  override name = 'CallFailed'
  readonly failure: Failure

  constructor(failure: Failure, words: string) {
    super(words)
    this.failure = failure
  }
}

/** Where a URL leads: all of it may be called. */
async function checkedAddresses(url: URL, signal: AbortSignal): Promise<string[]> {
  const host = hostOf(url)
  const why = whyNotCallable(url)
  if (why) throw new CallFailed('blocked_address', `The URL ${why}.`)
  const addresses = isIP(host)
    ? [host]
    : await orAborted(resolver.addressesOf(host, signal), signal).catch((error: NodeJS.ErrnoException) => {
        throw new CallFailed('dns', `The name ${host} has no address (${error.code ?? 'no answer'}).`)
      })
  if (addresses.length === 0) throw new CallFailed('dns', `The name ${host} has no address.`)
  if (!addresses.every(mayCall))
    throw new CallFailed('blocked_address', `${host} leads to an address that is not public.`)
  return addresses
}

/** Waits no longer than a signal says. */
function orAborted<Result>(promise: Promise<Result>, signal: AbortSignal): Promise<Result> {
  const aborted = new Promise<never>((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
  return Promise.race([promise, aborted])
}

type Answer = Omit<Answered, 'outcome' | 'milliseconds'>

function exchange(url: URL, addresses: string[], call: CallOut, signal: AbortSignal): Promise<Answer> {
  const { method, headers, body, maxAnswerBytes } = call
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  const secure = url.protocol === 'https:'
  let stage: keyof typeof failures = 'connecting'
  let answering = false
  let interim = 0
  const outgoing = (secure ? https : http).request(url, {
    ...{ method, headers, signal, rejectUnauthorized: true, lookup: only(addresses) },
    // A connection of its own: none is taken over that goes elsewhere by now.
    agent: false,
  })
  outgoing
    .once('socket', (socket) => {
      socket.once('connect', () => {
        stage = secure ? 'securing' : 'connected'
        if (mayCall(socket.remoteAddress ?? '')) return
        outgoing.destroy(new CallFailed('blocked_address', 'The connection went to an address that is not public.'))
      })
      socket.once('secureConnect', () => {
        stage = 'connected'
      })
    })
    .on('information', () => {
      if (++interim > mostInterim) outgoing.destroy(inPieces())
    })
    .once('response', (incoming) => {
      answering = true
      read(incoming, maxAnswerBytes)
        .then(resolve, reject)
        .finally(() => outgoing.destroy())
    })
    .on('error', (error: NodeJS.ErrnoException) => reject(error instanceof CallFailed ? error : failures[stage](error)))
    // Where neither came, such as for an answer that changes the protocol.
    .once('close', () => {
      if (!answering) reject(failures[stage]({}))
    })
    .end(body)
  return promise
}

// What an answer may come in: each piece costs its time, and a tenant's endpoint may send nothing but tiny ones.
const [mostPieces, mostInterim] = [10_000, 100]
const inPieces = () => new CallFailed('refused', 'The answer came in too many pieces.')

const codeOf = ({ code }: { code?: string }) => (code ? ` (${code})` : '')
const failures = {
  connecting: (error: { code?: string }) => new CallFailed('refused', `No connection came about${codeOf(error)}.`),
  securing: (error: { code?: string }) =>
    new CallFailed('tls', `The connection could not be secured: the certificate is not valid for it${codeOf(error)}.`),
  connected: (error: { code?: string }) =>
    new CallFailed('refused', `The connection ended before an answer came that can be read${codeOf(error)}.`),
}

/** Answers with the addresses that were checked, however often it is asked. */
function only(addresses: string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: isIP(address) }))
  return (_hostname, { all: every }, callback) => {
    const [first] = all
    if (every) callback(null, all)
    else callback(null, first?.address ?? '', first?.family)
  }
}

function read(incoming: http.IncomingMessage, most: number): Promise<Answer> {
  const { statusCode: status = 0, headers } = incoming
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  const chunks: Buffer[] = []
  let [length, pieces] = [0, 0]
  const answer = (truncated: boolean) =>
    resolve({ status, headers, body: Buffer.concat(chunks).subarray(0, most), truncated })
  incoming
    .on('data', (chunk: Buffer) => {
      if (length <= most) chunks.push(chunk)
      length += chunk.length
      if (length > most) answer(true)
      if (++pieces > mostPieces) reject(inPieces())
    })
    .once('end', () => answer(false))
    .once('error', () => reject(new CallFailed('refused', 'The connection ended before the answer did.')))
  return promise
}
