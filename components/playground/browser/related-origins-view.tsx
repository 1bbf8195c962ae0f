'use client'

import { useId, useState } from 'react'
import { whyNoOrigin } from '#lib/webauthn/origin.ts'
import { pastedAnswer, validateRelatedOrigins, wellKnownPath } from '#lib/webauthn/related-origins.ts'
import { Button } from '../../ui/button.tsx'
import { CodeBlock } from '../../ui/code-block.tsx'
import { TextField } from '../../ui/field.tsx'
import { FieldLabel } from '../../ui/field-label.tsx'
import { documentUrl, ownDocument } from './fetched-document.ts'
import { PasskeyEndpoints } from './passkey-endpoints.tsx'
import { RelatedOriginsLog } from './related-origins-log.tsx'
import type { Validated } from './validated.ts'

/** Checks what an RP ID’s host says about the other origins that may use it, and logs each step. */
export function RelatedOriginsView({ rpId: ofKey }: { rpId: string | undefined }) {
  const id = useId()
  const [rpId, setRpId] = useState(ofKey ?? location.hostname)
  const [caller, setCaller] = useState(location.origin)
  const [pasted, setPasted] = useState('')
  const [validated, set] = useState<Validated>()
  const own = rpId === location.hostname
  const origin = URL.parse(caller)?.origin ?? caller.trim()
  const mistake = whyNoOrigin(origin)

  function validate(answer: Parameters<typeof validateRelatedOrigins>[0], how: string, passed: boolean) {
    const fetched = { title: 'Fetch', outcome: passed ? ('pass' as const) : ('unknown' as const), detail: how }
    const result = validateRelatedOrigins(answer, mistake ? undefined : { origin, rpId })
    set({ ...result, rpId, caller: origin, steps: [fetched, ...result.steps] })
  }

  async function read() {
    const there = `${location.origin}${wellKnownPath}`
    const asked = documentUrl(rpId)
    try {
      const answer = await ownDocument()
      const elsewhere = there === asked ? '' : ` Browsers ask ${asked} instead: it has to answer there, too.`
      validate(answer, `${there} answered.${elsewhere}`, there === asked)
    } catch {
      const detail = `${there} gave no answer: the server may be stopped, or this device is offline.`
      set({
        rpId,
        caller,
        steps: [{ title: 'Fetch', outcome: 'fail', detail }],
        origins: [],
        labels: [],
        accepted: false,
      })
    }
  }

  return (
    <div className="space-y-4">
      <p className="text-[14px] text-soft">
        An origin of another domain may use an RP ID where the RP ID’s own host lists it in{' '}
        <code className="font-mono text-[13px]">{wellKnownPath}</code>. Browsers read five different labels of that
        list: the label of a host is what stands before its public suffix.
      </p>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          id={`${id}-rp-id`}
          label="RP ID of the document"
          value={rpId}
          onChange={({ target }) => setRpId(target.value.trim())}
        />
        <TextField
          id={`${id}-caller`}
          label="Calling origin"
          hint="that asks for a passkey"
          error={mistake && `“${origin}” ${mistake}, such as https://example.org.`}
          value={caller}
          onChange={({ target }) => setCaller(target.value)}
        />
      </div>
      {own ? (
        <Button look="secondary" onClick={read}>
          Read this server’s document
        </Button>
      ) : (
        <div className="space-y-2">
          <p className="text-[14px]">
            A page cannot read another host’s document. This reads it as browsers do; paste all that it prints:
          </p>
          <CodeBlock label="command" code={`curl -sSiL ${documentUrl(rpId || 'example.com')}`} />
        </div>
      )}
      <div>
        <FieldLabel id={`${id}-pasted`} label="Document" hint="the JSON, or curl’s whole output" />
        <textarea
          id={`${id}-pasted`}
          aria-describedby={`${id}-pasted-hint`}
          rows={5}
          spellCheck={false}
          placeholder={'{ "origins": ["https://example.org"] }'}
          value={pasted}
          onChange={({ target }) => setPasted(target.value)}
          className="block w-full resize-y rounded-field border border-line-strong bg-card px-3 py-2.5 font-mono text-[13px] placeholder:text-faint hover:border-faint"
        />
        <Button
          className="mt-2"
          look="secondary"
          onClick={() => validate(pastedAnswer(pasted), `Pasted, as what ${documentUrl(rpId)} answers.`, false)}
        >
          Validate the document
        </Button>
      </div>
      <div aria-live="polite">{validated ? <RelatedOriginsLog {...validated} /> : null}</div>
      <PasskeyEndpoints />
    </div>
  )
}
