'use client'

import { useState } from 'react'
import { durationText } from '../playground/ceremony/ceremony-lanes.ts'
import { DecodedToggle } from '../playground/ceremony/decoded-toggle.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { type Header, type HttpMessage, parametersOf } from './oauth-flow.ts'
import { OAuthParameters } from './oauth-parameters.tsx'
import { OAuthSpecLink } from './oauth-spec-link.tsx'
import { wordsOfMessage } from './oauth-words.ts'

/** One message: what it is for, then what it says, in words or raw. */
export function OAuthMessage({ message }: { message: HttpMessage }) {
  const [raw, setRaw] = useState(false)
  const { label, about, spec, way = 'App → Server' } = wordsOfMessage(message)
  const { method, url, answer, took } = message
  return (
    <article aria-label={label} className="min-w-0">
      <header className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <h4 className="font-semibold text-[14px]">
            {label} <span className="font-normal text-[13px] text-faint">{way}</span>
          </h4>
          <p className="max-w-[72ch] text-[13px] text-soft">
            {about} <OAuthSpecLink spec={spec} />
          </p>
        </div>
        <DecodedToggle raw={raw} onChange={setRaw} />
      </header>
      <p className="mt-2.5 font-mono text-[13px] wrap-anywhere">
        <span className="font-semibold">{method}</span> {raw ? url : url.replace(/\?.*$/, '')}
        {answer ? (
          <span className={`whitespace-nowrap ${answer.status < 400 ? 'text-ok' : 'text-bad'}`}>
            {' '}
            → {answer.status}
            {took === undefined ? null : <span className="text-faint"> · {durationText(took)}</span>}
          </span>
        ) : null}
      </p>
      {raw ? (
        <div className="mt-2.5 space-y-3">
          <CodeBlock code={requestText(message)} label="request" />
          {answer ? <CodeBlock code={answerText(answer)} label="answer" /> : null}
        </div>
      ) : (
        <div className="mt-2.5 grid grid-cols-[minmax(0,1fr)] gap-x-6 gap-y-4">
          <OAuthParameters title="Says" values={parametersOf(message)} headers={message.headers} />
          {answer ? <OAuthParameters title="Answer" values={membersOf(answer.body)} /> : null}
        </div>
      )}
    </article>
  )
}

function requestText({ method, url, headers, body }: HttpMessage): string {
  const { pathname, search, host } = new URL(url)
  const lines = [`${method} ${pathname}${search} HTTP/1.1`, `host: ${host}`, ...headers.map(line)]
  return body === undefined ? lines.join('\n') : `${lines.join('\n')}\n\n${body}`
}

function answerText({ status, headers, body }: NonNullable<HttpMessage['answer']>): string {
  return [`HTTP/1.1 ${status}`, ...headers.map(line), '', indented(body)].join('\n').trimEnd()
}

function line([name, value]: Header): string {
  return `${name}: ${value}`
}

function indented(body: string): string {
  const json = jsonOf(body)
  return json === undefined ? body : JSON.stringify(json, null, 2)
}

function membersOf(body: string): [string, string][] {
  return Object.entries(jsonOf(body) ?? {}).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ])
}

function jsonOf(body: string): object | undefined {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}
