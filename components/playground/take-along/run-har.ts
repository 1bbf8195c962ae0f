import { packageVersion } from '#lib/contract/packages.ts'
import { ceremonyPaths } from '../../snippets/ceremony-snippets.ts'
import type { Message } from '../run.ts'
import { keptOf } from '../runs/kept-run.ts'
import { standsAt } from '../runs/run-file.ts'
import type { RunRecord } from '../state.ts'
import { asObject, messageOf } from './run-facts.ts'

/**
 * The calls of a ceremony as an HTTP archive: what was said, how long it was waited for and how large it was. The key is
 * in no header of it, and what is secret is taken out of the bodies; the sizes are those of what passed.
 *
 * @see http://www.softwareishard.com/blog/har-12-spec/
 */
export function runHar(record: RunRecord, here: { server: string; browser: string }): string {
  const { server, browser } = standsAt(record, here)
  const { run, example } = keptOf(record)
  const calls = [
    ['begin', 'options'],
    ['finish', 'answer'],
  ] as const
  const entries = calls.flatMap(([asked, answered]) => {
    const [request, answer] = [messageOf(run, asked), messageOf(run, answered)]
    if (!request) return []
    const wait = answer?.duration ?? 0
    return [
      {
        startedDateTime: new Date(run.startedAt + request.at).toISOString(),
        time: wait,
        request: {
          method: 'POST',
          url: server + ceremonyPaths[run.kind][asked],
          ...unknown,
          headers: [
            { name: 'Authorization', value: 'Bearer (not kept)' },
            { name: 'Content-Type', value: 'application/json' },
          ],
          queryString: [],
          bodySize: request.bytes ?? 0,
          postData: { mimeType: 'application/json', text: textOf(request) },
        },
        response: responseOf(answer, run.kind === 'registration' && asked === 'finish' ? 201 : 200),
        cache: {},
        timings: { blocked: -1, dns: -1, connect: -1, ssl: -1, send: 0, wait, receive: 0 },
        comment: 'Waited for as the page saw it: from the call to the answer that it had read.',
      },
    ]
  })
  const log = {
    version: '1.2',
    creator: { name: 'WebAuthn Playground', version: packageVersion },
    browser: { name: browser, version: '' },
    entries,
    ...(example ? { comment: 'An example that a page made: none of these calls reached a server.' } : {}),
  }
  return `${JSON.stringify({ log }, null, 2)}\n`
}

/** What a page is not told. */
const unknown = { httpVersion: 'unknown', cookies: [], headersSize: -1 }

function responseOf(answer: Message | undefined, done: number) {
  if (answer?.body === undefined) {
    const content = { size: 0, mimeType: 'x-unknown', text: '' }
    // As browsers write what had no answer.
    return { status: 0, statusText: '', ...unknown, headers: [], content, redirectURL: '', bodySize: -1 }
  }
  const { status, code } = asObject(answer.body)
  const refused = typeof status === 'number' && typeof code === 'string'
  const mimeType = refused ? 'application/problem+json' : 'application/json'
  const text = textOf(answer)
  const size = answer.bytes ?? 0
  return {
    status: refused ? status : done,
    statusText: '',
    ...unknown,
    headers: [{ name: 'Content-Type', value: mimeType }],
    content: {
      size,
      mimeType,
      text,
      ...(new TextEncoder().encode(text).length === size
        ? {}
        : { comment: 'What is secret is taken out of the text.' }),
    },
    redirectURL: '',
    bodySize: size,
  }
}

function textOf({ body }: Message): string {
  return JSON.stringify(body) ?? ''
}
