'use client'

import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { CodeBlock } from '../../ui/code-block.tsx'
import { Icon } from '../../ui/icon.tsx'
import { type Signal, type SignalOutcome, sendSignal, signalWords } from './signal.ts'

interface Props {
  title: string
  note: string
  /** The button’s words. */
  label: string
  signals: readonly Signal[]
}

/** What can be told the provider of a passkey, and what came of it: each call with what it passes on. */
export function SignalsCard({ title, note, label, signals }: Props) {
  const [outcomes, set] = useState<readonly SignalOutcome[]>([])

  async function send() {
    // One after the other: each is about what the one before left.
    const came: SignalOutcome[] = []
    for (const signal of signals) came.push(await sendSignal(signal))
    set(came)
  }

  return (
    <section aria-label={title} className="mb-3 rounded-xl border border-line bg-sunk/50 px-4 py-3.5">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-72">
          <h3 className="font-semibold text-[15px] wrap-anywhere">{title}</h3>
          <p className="mt-0.5 text-[14px] text-soft">{note}</p>
        </div>
        {signals.length ? (
          <Button look="small" onClick={send}>
            {label}
          </Button>
        ) : null}
      </div>
      {signals.length ? (
        <details className="mt-2 text-[13px]" open={outcomes.length > 0}>
          <summary className="w-fit cursor-pointer text-soft hover:text-ink">
            {outcomes.length ? 'What was sent' : 'What would be sent'}
          </summary>
          <ul className="mt-2 space-y-3">
            {signals.map((signal, at) => (
              <li key={signal.name}>
                <p className="font-mono font-medium wrap-anywhere">PublicKeyCredential.{signal.name}()</p>
                <p className="mt-0.5 text-soft">{signalWords[signal.name]}</p>
                <Came outcome={outcomes[at]} />
                <div className="mt-1.5">
                  <CodeBlock label={signal.name} code={JSON.stringify(signal.input, null, 2)} />
                </div>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
      <p aria-live="polite" className="sr-only">
        {saidOf(outcomes)}
      </p>
    </section>
  )
}

function Came({ outcome }: { outcome: SignalOutcome | undefined }) {
  if (!outcome) return null
  return (
    <p className={`mt-0.5 flex items-start gap-1.5 font-medium ${outcome.taken ? 'text-ok' : 'text-warn'}`}>
      <Icon name={outcome.taken ? 'check' : 'info'} className="mt-0.5 size-3.5 shrink-0" />
      <span className="wrap-anywhere">
        {outcome.taken ? 'The browser took it. It tells no page whether a provider did anything.' : outcome.why}
      </span>
    </p>
  )
}

function saidOf(outcomes: readonly SignalOutcome[]): string {
  if (!outcomes.length) return ''
  const taken = outcomes.filter((outcome) => outcome.taken).length
  return `The browser took ${taken} of ${outcomes.length} ${outcomes.length === 1 ? 'signal' : 'signals'}.`
}
