'use client'

import { useEffect, useId, useRef, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Late } from '../../ui/late.tsx'
import { clientOf, loadCeremonies } from '../client-of.ts'
import { explained } from '../failure/explained.ts'
import { leavesPasskey } from '../failure/leaves-passkey.ts'
import { askedOf } from '../options/asked-options.ts'
import { presets } from '../options/presets.ts'
import type { Run } from '../run.ts'
import { keyMistake, maskedKey } from '../setup/api-key.ts'
import { type DemoKey, freshUsername } from '../setup/demo-key.ts'
import { DemoKeyMenu } from '../setup/demo-key-menu.tsx'
import { hiddenKey } from '../setup/hidden-key.ts'
import { usernameMistake } from '../setup/username.ts'
import type { State } from '../state.ts'

const loadAnswer = () => import('./framed-answer.tsx')

/** What stands between a page in a frame and a passkey. */
interface Around {
  origin: string
  /** Of the pages around it, the nearest first; undefined where the browser does not tell. */
  ancestors: readonly string[] | undefined
  framed: boolean
}

/** Both ceremonies as a page in a frame has them. The key is this frame's alone, and gone with it. */
export function FramedCeremonies({ demoKeys }: { demoKeys: readonly DemoKey[] }) {
  const id = useId()
  const [around, setAround] = useState<Around>()
  const [apiKey, setApiKey] = useState('')
  const [username, setUsername] = useState('')
  const [missed, setMissed] = useState<Run['kind']>()
  const [run, setRun] = useState<Run>()
  const [told, tell] = useState<State['notice']>()
  useEffect(() => {
    const { ancestorOrigins } = location
    setAround({
      origin: location.origin,
      ancestors: ancestorOrigins ? [...ancestorOrigins] : undefined,
      framed: window.top !== window.self,
    })
    setUsername((written) => written || freshUsername())
  }, [])

  const mistakes = {
    key: apiKey.startsWith('sk_live_')
      ? 'A live key has no place in another page’s frame: use a test key.'
      : keyMistake(apiKey, !missed),
    username: usernameMistake(username),
  }
  const keyError = apiKey ? mistakes.key : missed ? 'Enter a test key, or use a demo key.' : undefined
  const nameError = missed === 'registration' ? (mistakes.username ?? undefined) : undefined
  const shown = maskedKey(apiKey)
  const working = run?.status === 'working'
  const busy = useRef(false)

  async function start(kind: Run['kind']) {
    if (busy.current) return
    setMissed(kind)
    const wrong =
      !apiKey || mistakes.key ? 'key' : kind === 'registration' && mistakes.username ? 'username' : undefined
    if (wrong) return document.getElementById(`${id}-${wrong}`)?.focus()
    const request = { ...callOf(kind, username), client: clientOf(apiKey), publish: setRun }
    const [{ choices }] = presets
    busy.current = true
    tell(undefined)
    try {
      const [{ register, authenticate }] = await Promise.all([loadCeremonies(), request.client])
      if (kind === 'registration') {
        const ended = await register({
          ...request,
          username,
          userToken: undefined,
          ...askedOf('registration', choices),
        })
        tell(await tellOfOrphan(ended))
      } else await authenticate({ ...request, ...askedOf('authentication', choices) })
    } catch (error) {
      const failure = await request.explain(error, undefined)
      setRun({ kind, startedAt: Date.now(), status: 'error', messages: [], failure, took: 0 })
    }
    busy.current = false
  }

  return (
    <div className="mx-auto max-w-[760px] space-y-4 p-4 sm:p-5">
      <div>
        <h1 className="font-semibold text-[18px]">Framed ceremonies</h1>
        <p className="mt-0.5 text-[14px] text-soft">
          {around && !around.framed
            ? 'This page is made for frames, and stands in none now.'
            : 'This page stands in a frame. It remembers no key, and does nothing by itself.'}
        </p>
      </div>
      {around ? <Facts {...around} /> : null}
      <div className="grid gap-4 sm:grid-cols-2">
        <div>
          <TextField
            id={`${id}-key`}
            label="API key"
            hint="a test key"
            {...hiddenKey}
            error={keyError}
            cover={apiKey ? shown.start + shown.end : undefined}
            value={apiKey}
            onChange={({ target }) => setApiKey(target.value.trim())}
          />
          {demoKeys.length ? (
            <div className="mt-2">
              <DemoKeyMenu demoKeys={demoKeys} onPick={({ key }) => setApiKey(key)} />
            </div>
          ) : null}
        </div>
        <TextField
          id={`${id}-username`}
          label="Username"
          hint="to register"
          words
          autoComplete="off"
          spellCheck={false}
          error={nameError}
          value={username}
          onChange={({ target }) => setUsername(target.value)}
        />
      </div>
      <div className="grid grid-cols-2 gap-2.5 sm:max-w-[340px]">
        <Button onClick={() => start('registration')}>Register</Button>
        <Button look="secondary" onClick={() => start('authentication')}>
          Authenticate
        </Button>
      </div>
      <p aria-live="polite" className="text-[13px] text-soft">
        {working ? 'Waiting for the browser, its authenticator or the server.' : ''}
      </p>
      {run && !working ? (
        <Late load={loadAnswer}>{({ FramedAnswer }) => <FramedAnswer run={run} told={told} />}</Late>
      ) : null}
    </div>
  )
}

function Facts({ origin, ancestors, framed }: Around) {
  const facts: [string, string][] = [
    ['This page', origin],
    ['Around it', ancestors === undefined ? 'this browser does not tell' : ancestors.join(', ') || 'nothing'],
    ['May make passkeys', mayWord(permitted('create'), framed)],
    ['May use passkeys', mayWord(permitted('get'), framed)],
  ]
  return (
    <dl className="divide-y divide-line border-line border-y text-[14px]">
      {facts.map(([term, value]) => (
        <div key={term} className="flex flex-wrap gap-x-3 py-1.5">
          <dt className="w-40 text-soft">{term}</dt>
          <dd className="min-w-0 font-mono text-[13px] leading-[21px] wrap-anywhere">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function mayWord(may: boolean | undefined, framed: boolean): string {
  if (may === undefined) return 'this browser does not tell'
  return may ? 'yes' : framed ? 'no, the page around it does not allow it' : 'no'
}

/** Whether the permission policy lets this page call; undefined where the browser does not tell. */
function permitted(call: 'create' | 'get'): boolean | undefined {
  const { featurePolicy } = document as { featurePolicy?: { allowsFeature(name: string): boolean } }
  return featurePolicy?.allowsFeature(`publickey-credentials-${call}`)
}

/** A passkey that was made here and refused would be offered for ever: its provider is told, where the browser can. */
async function tellOfOrphan(run: Run) {
  const answered = run.messages.some(({ id, body }) => id === 'credential' && body !== undefined)
  if (!leavesPasskey(run.kind, answered, run.failure?.problem?.code)) return
  const { tellProvider } = await import('../signals/tell-provider.ts')
  return tellProvider(run)
}

function callOf(kind: Run['kind'], username: string) {
  const explain = (error: unknown, run: Run | undefined) => {
    const sent = (id: string) => run?.messages.find((message) => message.id === id)?.body
    return explained(error, {
      kind,
      ...(kind === 'registration' ? { username } : {}),
      otherTenants: [],
      origin: location.origin,
      asked: sent('request') as Parameters<typeof explained>[1]['asked'],
      answered: sent('credential') !== undefined,
      permitted: permitted(kind === 'registration' ? 'create' : 'get'),
      framed: window.top !== window.self,
    })
  }
  return { signal: new AbortController().signal, explain }
}
