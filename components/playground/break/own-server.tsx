'use client'

import { useEffect, useMemo, useRef, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { TextField } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Bench } from './bench.tsx'
import {
  apiPreset,
  keptOf,
  limits,
  type OwnFields,
  type OwnMistakes,
  readKept,
  readOwnServer,
  simpleWebAuthnPreset,
} from './own-target.ts'
import type { BenchServer } from './trial.ts'
import { useLab } from './use-lab.ts'

interface Props {
  baseUrl: string
  selected: boolean
}

/** The same faults against the developer's own endpoints: what they are called, and what they accepted that they must not. */
export function OwnServer({ baseUrl, selected }: Props) {
  const [fields, setFields] = useState<OwnFields>(() => read() ?? simpleWebAuthnPreset('http://localhost:8000'))
  const [told, tell] = useState(false)
  const [opened, open] = useState(true)
  const form = useRef<HTMLDivElement>(null)
  const described = useMemo(() => readOwnServer(fields), [fields])
  const server = 'server' in described ? described.server : undefined
  const mistakes = told && 'mistakes' in described ? described.mistakes : {}
  const lab = useLab(server, selected)
  const [sought, seek] = useState(0)

  useEffect(() => {
    if (sought) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
  }, [sought])

  function change(changed: Partial<OwnFields>) {
    const next = { ...fields, ...changed }
    setFields(next)
    write(next)
    lab.forget()
  }

  function ready(): boolean {
    if (server) {
      open(false)
      return true
    }
    tell(true)
    open(true)
    seek((times) => times + 1)
    return false
  }

  const preset = (made: OwnFields) => {
    tell(false)
    change({ ...made, headerValue: '' })
  }
  const origin = URL.canParse(fields.origin) ? new URL(fields.origin).origin : 'http://localhost:8000'

  return (
    <>
      <details
        open={opened}
        onToggle={(event) => open(event.currentTarget.open)}
        className="mb-4 rounded-xl border border-line"
      >
        <summary className="cursor-pointer px-4 py-2.5 font-semibold text-[14px]">
          Your server{server ? <span className="font-normal text-soft"> · {server.name}</span> : null}
        </summary>
        <div ref={form} className="@container space-y-4 border-line border-t p-4">
          <p className="max-w-[90ch] text-pretty text-[13.5px] text-soft">
            Requests go from this browser, so the server must allow this page by CORS:{' '}
            <code className="wrap-anywhere">Access-Control-Allow-Origin: {location.origin}</code>. It needs a user store
            that may be filled: users <code>break-it-…</code> and their passkeys stay there. What is written here stays
            in this tab, the header’s value only until it is closed or reloaded.
          </p>
          <div className="flex flex-wrap items-center gap-2">
            <span className="text-[13px] text-soft">Fill in for</span>
            <Button look="small" onClick={() => preset(simpleWebAuthnPreset(origin))}>
              SimpleWebAuthn’s example
            </Button>
            <Button look="small" onClick={() => preset(apiPreset(baseUrl))}>
              This server’s API
            </Button>
          </div>
          <Field
            name="origin"
            label="Origin that the server expects"
            hint="of its page"
            max={limits.origin}
            {...{ fields, mistakes, change }}
          />
          {calls.map(({ url, body, label, values }) => (
            <div key={url} className="grid gap-3 @2xl:grid-cols-2">
              <Field name={url} label={`${label}: URL`} max={limits.url} {...{ fields, mistakes, change }} />
              <Field
                name={body}
                label={`${label}: body`}
                hint={values}
                max={limits.body}
                {...{ fields, mistakes, change }}
              />
            </div>
          ))}
          <div className="grid gap-3 @2xl:grid-cols-3">
            {places.map(({ name, label, note }) => (
              <Field
                key={name}
                name={name}
                label={label}
                note={note}
                max={limits.path}
                {...{ fields, mistakes, change }}
              />
            ))}
          </div>
          <div className="grid gap-3 @2xl:grid-cols-3">
            <Field
              name="headerName"
              label="Header"
              hint="if it asks for one"
              max={limits.headerName}
              {...{ fields, mistakes, change }}
            />
            <Field
              name="headerValue"
              label="Header’s value"
              hint="not kept"
              secret
              max={limits.headerValue}
              {...{ fields, mistakes, change }}
            />
            <Checkbox
              label="Send its cookies"
              note="Where the server’s session is one."
              checked={fields.cookies}
              onToggle={(cookies) => change({ cookies })}
              className="self-center"
            />
          </div>
        </div>
      </details>
      <Bench
        lab={lab}
        server={server}
        note={null}
        ready={ready}
        unreached={(reason) =>
          /cannot be reached/.test(reason) && server ? <Unreached reason={reason} server={server} /> : null
        }
      />
    </>
  )
}

const calls = [
  {
    url: 'registerBegin',
    body: 'registerBeginBody',
    label: 'Begin a registration',
    values: '"$username", "$options"; empty: GET',
  },
  { url: 'registerFinish', body: 'registerFinishBody', label: 'Finish it', values: '"$credential", "$ceremony"' },
  {
    url: 'authenticateBegin',
    body: 'authenticateBeginBody',
    label: 'Begin a sign-in',
    values: '"$username", "$options"; empty: GET',
  },
  {
    url: 'authenticateFinish',
    body: 'authenticateFinishBody',
    label: 'Finish the sign-in',
    values: '"$credential", "$ceremony"',
  },
] as const

const places = [
  {
    name: 'optionsAt',
    label: 'WebAuthn’s options are at',
    note: 'Such as data.publicKey; empty: they are the answer.',
  },
  { name: 'ceremonyAt', label: 'The ceremony’s id is at', note: 'Empty: a cookie knows it.' },
  { name: 'acceptedAt', label: 'true if accepted is at', note: 'Empty: the status says it.' },
] as const

interface FieldProps {
  name: Exclude<keyof OwnFields, 'cookies'>
  label: string
  hint?: string
  note?: string
  secret?: boolean
  max: number
  fields: OwnFields
  mistakes: OwnMistakes
  change: (changed: Partial<OwnFields>) => void
}

function Field({ name, label, hint, note, secret = false, max, fields, mistakes, change }: FieldProps) {
  return (
    <TextField
      id={`own-${name}`}
      label={label}
      {...(hint ? { hint } : {})}
      note={note}
      error={mistakes[name]}
      type={secret ? 'password' : 'text'}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      // One more than it may have: what is pasted too long is told, and not cut in silence.
      maxLength={max + 1}
      value={fields[name]}
      onChange={(event) => change({ [name]: event.target.value })}
    />
  )
}

/** A browser does not say why it let nothing through: whether anybody is there at all is asked without CORS. */
function Unreached({ reason, server }: { reason: string; server: BenchServer }) {
  const [there, find] = useState<boolean>()
  const { registration, authentication } = server.mapping
  const called = [registration.begin, registration.finish, authentication.begin, authentication.finish]
  const { url } = called.find((call) => reason.startsWith(`${call.url.split(/[?#]/)[0]} cannot`)) ?? registration.begin
  useEffect(() => {
    let gone = false
    fetch(url, { mode: 'no-cors', credentials: 'omit', cache: 'no-store' }).then(
      () => gone || find(true),
      () => gone || find(false),
    )
    return () => {
      gone = true
    }
  }, [url])
  const headers = ['content-type', ...Object.keys(server.mapping.headers ?? {})].join(', ')
  if (there === undefined) return null
  if (!there)
    return (
      <Notice tone="warn" title="The server cannot be reached">
        {reason} Check that it runs and that its address is right; from a page with https: browsers call http: on this
        machine alone.
      </Notice>
    )
  return (
    <Notice tone="warn" title="The browser blocks the call: the server does not allow this page">
      <p>Somebody is there, but what is answered does not allow this page to read it. Let the server answer with:</p>
      <pre className="mt-1.5 overflow-x-auto font-mono text-[12.5px]">
        {[
          `Access-Control-Allow-Origin: ${location.origin}`,
          `Access-Control-Allow-Headers: ${headers}`,
          ...(server.cookies ? ['Access-Control-Allow-Credentials: true'] : []),
        ].join('\n')}
      </pre>
    </Notice>
  )
}

/** Also named where the page begins anew. */
const kept = 'playground.own-server'

function read(): OwnFields | undefined {
  try {
    return readKept(sessionStorage.getItem(kept))
  } catch {
    return undefined
  }
}

function write(fields: OwnFields): void {
  try {
    sessionStorage.setItem(kept, keptOf(fields))
  } catch {
    // Without storage the page is the same, until it is reloaded.
  }
}
