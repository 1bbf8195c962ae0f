import { expect, test, vi } from 'vitest'
import { FaultLab, httpTarget, type TargetMapping } from './index.ts'

const calls = {
  begin: { url: 'https://app.example/begin?key=hush' },
  finish: { url: 'https://app.example/finish?key=hush', body: { answer: '$credential' } },
}
const mapping: TargetMapping = { registration: calls, authentication: calls }
const check = { id: 'origin', title: 'Origin', expected: 'a', actual: 'b', outcome: 'fail', spec: 'https://x.example' }
const credential = { id: 'AAAA' } as Parameters<ReturnType<typeof httpTarget>['finish']>[2]

/** A server that gives these answers, one after the other. */
function answering(...answers: { status?: number; headers?: HeadersInit; body?: unknown }[]) {
  const sent: RequestInit[] = []
  const fetch = async (_: unknown, init: RequestInit = {}) => {
    sent.push(init)
    const { status = 200, headers = {}, body = {} } = answers.shift() ?? {}
    return new Response(JSON.stringify(body), { status, headers })
  }
  return { fetch: fetch as typeof globalThis.fetch, sent }
}

test('what is waited before a server takes calls again is none of the time that it took', async () => {
  const clock = vi.spyOn(performance, 'now').mockReturnValue(0)
  try {
    const { fetch, sent } = answering({ status: 429, headers: { 'Retry-After': '23' } }, { status: 401 })
    const wait = async (milliseconds: number) => void clock.mockReturnValue(milliseconds)
    const answer = await httpTarget(mapping, { fetch, wait }).finish('authentication', undefined, credential)
    expect(answer).toMatchObject({ accepted: false, status: 401, took: 0 })
    expect(sent).toHaveLength(2)
  } finally {
    clock.mockRestore()
  }
})

test('a reason names the address without what may be secret in it', async () => {
  const wait = async () => undefined
  const gone = httpTarget(mapping, { wait, fetch: async () => Promise.reject(new Error('down')) })
  await expect(gone.begin('registration', { username: 'ada' })).rejects.toThrow(
    /^https:\/\/app\.example\/begin cannot be reached \(down\)\.$/,
  )
  const { fetch } = answering({ status: 503, body: { error: 'a\u001b[2Jb' } })
  await expect(httpTarget(mapping, { fetch, wait }).finish('registration', undefined, credential)).rejects.toThrow(
    /^https:\/\/app\.example\/finish answers 503 \(a \[2Jb\)\.$/,
  )
})

test('checks are taken where they are checks as this project has them, and a code is short', async () => {
  const finish = async (body: unknown) => {
    const { fetch } = answering({ status: 400, body })
    return httpTarget(mapping, { fetch, wait: async () => undefined }).finish('registration', undefined, credential)
  }
  expect((await finish({ code: 'no', checks: [check] })).checks).toEqual([check])
  for (const wrong of [
    { ...check, outcome: 'failed' },
    { ...check, spec: 'javascript:alert(1)' },
    { ...check, actual: {} },
    { ...check, id: 'a\u001b[2J' },
  ])
    expect(await finish({ code: 'no', checks: [check, wrong] })).toMatchObject({ code: 'no', checks: undefined })
  expect((await finish({ code: 'x'.repeat(5_000) })).code).toHaveLength(200)
})

test('a server that refuses what is honest is told as whose page it was made, with the words that the server has for it', async () => {
  const refusals: [acceptedAt: string, status: number, body: unknown, said: string][] = [
    ['', 400, { error: 'Unexpected origin' }, '400 (Unexpected origin)'],
    ['', 401, { code: 'denied', detail: 'Not here' }, '401 denied (Not here)'],
    ['', 422, { error: { message: 'a\u001b[2Jb' } }, '422 (a [2Jb)'],
    ['', 400, ['no'], '400'],
    ['verified', 200, { ok: true }, '200 (“verified” is not true in its answer)'],
  ]
  for (const [acceptedAt, status, body, said] of refusals) {
    const options = {
      challenge: 'AAAA',
      rp: { id: 'app.example', name: 'App' },
      user: { id: 'AAAA', name: 'ada' },
      pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
    }
    const { fetch } = answering({ body: options }, { status, body })
    const wait = async () => undefined
    const lab = new FaultLab(httpTarget({ ...mapping, acceptedAt }, { fetch, wait }), {
      origin: 'https://app.example',
      wait,
    })
    await expect(lab.prepare()).rejects.toThrow(
      new Error(`The server refuses an honest registration, made as a page of https://app.example: ${said}.`),
    )
  }
})

test('a body goes as JSON, unless the headers say what it is', async () => {
  const typeOf = async (headers?: TargetMapping['headers']) => {
    const { fetch, sent } = answering({})
    const target = httpTarget({ ...mapping, ...(headers ? { headers } : {}) }, { fetch, wait: async () => undefined })
    await target.finish('registration', undefined, credential)
    return new Headers(sent[0]?.headers).get('content-type')
  }
  expect(await typeOf()).toBe('application/json')
  expect(await typeOf({ 'Content-Type': 'application/vnd.acme+json' })).toBe('application/vnd.acme+json')
})

test('a header that is none is named, and its value is not told', async () => {
  const target = httpTarget({ ...mapping, headers: { 'x-key': 'hu\nsh' } }, { wait: async () => undefined })
  await expect(target.begin('registration', { username: 'ada' })).rejects.toThrow(
    /^The header “x-key” is none: [^\n]*$/,
  )
})

test('no more of an answer is read than can be one, and an end is not waited for', async () => {
  const finish = (body: ReadableStream | string) =>
    httpTarget(mapping, { fetch: async () => new Response(body), wait: async () => undefined }).finish(
      'registration',
      undefined,
      credential,
    )
  const endless = new ReadableStream({
    pull: (stream) => stream.enqueue(new TextEncoder().encode('x'.repeat(100_000))),
    cancel: () => new Promise(() => undefined),
  })
  await expect(finish(endless)).rejects.toThrow(
    'https://app.example/finish answers with more than 1,000,000 characters.',
  )
  expect(await finish(`${' '.repeat(999_998)}{}`)).toMatchObject({ accepted: true })
})

test('what is a page in its type’s own case, too, is no verdict; a path leads through members of the answer alone', async () => {
  const { fetch } = answering({ headers: { 'Content-Type': 'Text/HTML; charset=utf-8' } })
  const html = httpTarget(mapping, { fetch, wait: async () => undefined })
  await expect(html.finish('registration', undefined, credential)).rejects.toThrow('answers with a page')
  const begun = answering({ body: { challenge: 'AAAA' } })
  const inherited = httpTarget(
    { ...mapping, ceremonyAt: 'constructor.name' },
    { ...begun, wait: async () => undefined },
  )
  expect(await inherited.begin('registration', { username: 'ada' })).toMatchObject({ ceremony: undefined })
})
