import { useEffect, useId, useRef, useState } from 'react'
import { apiKeyPattern } from '#lib/contract/api-key-format.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import type { Failure } from '../run.ts'
import { keyMistake } from '../setup/api-key.ts'
import type { DemoKey } from '../setup/demo-key.ts'
import { hiddenKey } from '../setup/hidden-key.ts'
import { Monogram } from '../setup/monogram.tsx'
import { tokenParts } from '../token/token-parts.ts'
import { besideRows, tokenBeside } from './beside.ts'
import { sized } from './sized.ts'
import { StageZoom } from './stage-zoom.tsx'

interface Props {
  /** The token of the run; undefined where it brought none, or none is kept. */
  token: string | undefined
  username: string | undefined
  /** Tenants that a key is lent of, other than the run's. */
  others: readonly DemoKey[]
  /** Of an example: the other token is one, too. */
  example: (() => Promise<string>) | undefined
  /** Whether the page knows of a passkey of the user, by key. */
  holds: (apiKey: string) => boolean
  /** The other token, where it has been fetched already. */
  other: string | undefined
  onOther: (token: string) => void
}

/** One username at two tenants: two tokens, and in blue what differs. */
export function PresentBeside({ token, username, other, ...rest }: Props) {
  return (
    <div className="min-h-0 flex-1 overflow-y-auto" style={sized({ padding: [26, 56, 26] })}>
      <h2 className="text-balance font-semibold tracking-[-0.035em]" style={sized({ fontSize: 60, lineHeight: 66 })}>
        {other ? 'One username, two tokens.' : 'The same name at another tenant is another user.'}
      </h2>
      <p className="text-soft tracking-tight" style={sized({ fontSize: 30, lineHeight: 40, marginTop: 8 })}>
        {token && other
          ? 'What differs is blue: the token says whose customer it is.'
          : 'Each tenant has users, passkeys and tokens of its own.'}
      </p>
      {token === undefined || username === undefined ? (
        <p style={sized({ fontSize: 26, lineHeight: 36, marginTop: 30 })}>
          This run has no token to put beside another: leave, press Authenticate, and present that run.
        </p>
      ) : other ? (
        <Both tokens={[token, other]} />
      ) : (
        <Fetch username={username} mine={tokenParts(token).payload.providerTenantId} {...rest} />
      )}
    </div>
  )
}

function Both({ tokens }: { tokens: readonly [string, string] }) {
  const rows = besideRows(tokens)
  const names = rows.find(({ claim }) => claim === 'providerTenantName')?.values ?? ['', '']
  return (
    <table className="w-full table-fixed border-collapse text-left" style={sized({ marginTop: 30 })}>
      <thead>
        <tr className="max-sm:grid max-sm:grid-cols-2">
          <td className="w-[22%] max-sm:hidden" />
          {names.map((name, side) => (
            <th
              // biome-ignore lint/suspicious/noArrayIndexKey: the two sides do not move
              key={side}
              scope="col"
              className="pr-3 pb-3 align-bottom font-bold tracking-[-0.03em] wrap-anywhere"
              style={sized({ fontSize: 56, lineHeight: 60 })}
            >
              <span className="flex flex-wrap items-center gap-x-[0.35em]">
                <Monogram name={name} size="size-[1.3em] rounded-[26%]" />
                {name}
              </span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ claim, values, differs }) => (
          <tr
            key={claim}
            data-differs={differs}
            className={`border-line border-t max-sm:grid max-sm:grid-cols-2 ${differs ? 'bg-accent-wash' : ''}`}
          >
            <th
              scope="row"
              className="py-2 pr-3 pl-2 font-mono font-normal text-soft wrap-anywhere max-sm:col-span-2 max-sm:pb-0"
              style={sized({ fontSize: 22, lineHeight: 30 })}
            >
              {claim}
            </th>
            {values.map((value, side) => (
              <td
                // biome-ignore lint/suspicious/noArrayIndexKey: the two sides do not move
                key={side}
                className={`py-2 pr-3 font-mono wrap-anywhere max-sm:py-1 max-sm:pl-2 ${differs ? 'font-semibold text-accent' : 'text-soft'}`}
                style={sized({ fontSize: 26, lineHeight: 34 })}
              >
                {value}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Fetch({
  username,
  mine,
  others,
  example,
  holds,
  onOther,
}: Pick<Props, 'others' | 'example' | 'holds' | 'onOther'> & { username: string; mine: unknown }) {
  const id = useId()
  const [apiKey, enter] = useState('')
  const [mistake, setMistake] = useState<string>()
  const [waiting, wait] = useState<string>()
  const [failed, fail] = useState<Failure>()
  const [made, setMade] = useState<ReadonlySet<string>>(new Set())
  const under = useRef<AbortController>(undefined)
  useEffect(() => () => under.current?.abort(), [])

  async function take(key: string, name: string) {
    if (waiting) return
    fail(undefined)
    wait(name)
    const over = new AbortController()
    under.current = over
    const { signal } = over
    const got = await tokenBeside(key, username, holds(key) || made.has(key), signal)
    if (signal.aborted) return
    wait(undefined)
    if ('failure' in got) {
      if (got.held) setMade(new Set([...made, key]))
      return fail(got.failure)
    }
    if (tokenParts(got.token).payload.providerTenantId === mine)
      return setMistake('This key is of the same tenant. Take one of another.')
    onOther(got.token)
  }

  function takeOwn() {
    const environment = apiKeyPattern.exec(apiKey)?.[1]
    const wrong = apiKey ? keyMistake(apiKey) : 'Paste a test key of another tenant.'
    const live = environment === 'live' ? 'This is a live key: take a test key for a stage.' : undefined
    setMistake(wrong ?? live)
    if (!(wrong ?? live)) void take(apiKey, 'the other tenant')
  }

  if (example)
    return (
      <div style={sized({ marginTop: 30 })}>
        <StageZoom>
          <Button onClick={() => void example().then(onOther)}>Show it at another tenant</Button>
        </StageZoom>
      </div>
    )
  return (
    <div style={sized({ marginTop: 30 })}>
      <StageZoom>
        <div className="max-w-[640px] space-y-4">
          <div className="flex flex-wrap gap-2.5">
            {others.map(({ tenantId, tenantName, key }, at) => (
              <Button key={tenantId} look={at ? 'secondary' : 'primary'} onClick={() => void take(key, tenantName)}>
                Sign {username} in at {tenantName}
              </Button>
            ))}
          </div>
          <form
            className="flex flex-wrap items-start gap-2.5"
            onSubmit={(event) => {
              event.preventDefault()
              takeOwn()
            }}
          >
            <TextField
              id={id}
              className="min-w-0 flex-1 basis-72"
              label="Key of another tenant"
              hint="hidden, and not kept"
              {...hiddenKey}
              value={apiKey}
              error={mistake}
              onChange={({ target }) => {
                enter(target.value.trim())
                setMistake(undefined)
              }}
            />
            <Button type="submit" look="secondary" className="sm:mt-[26px]">
              Sign in there
            </Button>
          </form>
          <p aria-live="polite">
            {waiting
              ? `Waits for the passkey of ${username} at ${waiting}. A first one is made, then it signs in.`
              : ''}
            {failed ? `${failed.what}. ${failed.todo}` : ''}
          </p>
        </div>
      </StageZoom>
    </div>
  )
}
