import { Icon } from '../../ui/icon.tsx'
import { useNow } from '../../ui/use-now.ts'
import { Monogram } from '../setup/monogram.tsx'
import { tokenParts } from '../token/token-parts.ts'
import { countdown } from '../token/token-time.ts'
import { useVerdict } from '../token/use-verdict.ts'
import { sized } from './sized.ts'
import type { Ending, Story } from './story.ts'

interface Props {
  story: Story
  ending: Ending
  example: boolean
  /** It came by a file. */
  imported: boolean
  baseUrl: string
}

/** How it ends: whose customer the person is now, in the largest type that there is. */
export function PresentEnd({ story, ending, example, imported, baseUrl }: Props) {
  const { username } = ending.answer.user
  const token = ending.kind === 'token' ? ending.answer.token : ''
  const { payload } = tokenParts(token)
  const told = ending.kind === 'token' ? ending.answer.tenant : undefined
  const name = String(payload.providerTenantName ?? told?.name ?? story.facts.tenant ?? 'the server')
  const id = payload.providerTenantId ?? told?.id
  return (
    <>
      <div
        className="flex min-h-0 flex-1 items-center max-sm:flex-col max-sm:items-start max-sm:justify-center"
        style={sized({ gap: 60, padding: [0, 56, 0] })}
      >
        <span style={sized({ fontSize: 142 })} className="max-sm:text-[40px]!">
          <Monogram name={name} size="size-[2.1em] rounded-[25%]" />
        </span>
        <div className="min-w-0 max-sm:w-full">
          <p className="text-soft tracking-tight wrap-anywhere" style={sized({ fontSize: 44, lineHeight: 52 })}>
            {username} {ending.kind === 'token' ? 'is signed in to' : 'has a passkey at'}
          </p>
          <p
            data-testid="present-tenant"
            className="text-balance font-bold leading-none tracking-[-0.045em] wrap-anywhere"
            style={{ fontSize: nameSize(name) }}
          >
            {name}
          </p>
          {id ? (
            <dl style={sized({ marginTop: 22 })}>
              <dt className="font-mono text-faint" style={sized({ fontSize: 24, lineHeight: 32 })}>
                providerTenantId
              </dt>
              <dd className="font-mono wrap-anywhere" style={sized({ fontSize: 40, lineHeight: 48 })}>
                {String(id)}
              </dd>
            </dl>
          ) : null}
        </div>
      </div>
      <div style={sized({ padding: [0, 56, 34] })}>
        {example ? (
          <Bar
            tone="warn"
            title="An example"
            note="made in this page: no server issued its token, and no service takes it"
          />
        ) : ending.kind === 'passkey' ? (
          <Bar tone="ok" title="Passkey kept" note="a token comes with the first sign-in" />
        ) : token ? (
          <div aria-live="polite">
            <Verdict token={token} expiresAt={ending.expiresAt} baseUrl={baseUrl} />
          </div>
        ) : (
          <Bar
            tone="plain"
            title="Token not kept"
            note={
              imported
                ? 'no file of a run has one in it; sign in here for one of your own'
                : 'it ended with a reload of this page; sign in for a new one'
            }
          />
        )}
      </div>
    </>
  )
}

function Verdict({ token, expiresAt, baseUrl }: { token: string; expiresAt: number; baseUrl: string }) {
  const verdict = useVerdict(token, baseUrl)
  const left = expiresAt - (useNow(1_000) ?? Date.now())
  if (verdict.state === 'verifying') return <Bar tone="plain" title="Verifying the signature" note="" />
  if (verdict.state === 'refused') return <Bar tone="bad" title={verdict.reason} note={verdict.detail} />
  if (left <= 0) return <Bar tone="bad" title="Expired" note="its signature is good; sign in for a new one" />
  return (
    <Bar
      tone="ok"
      title="Signature verified"
      note="by this page, with the server’s public key"
      left={`${countdown(left)} left`}
    />
  )
}

const tones = {
  ok: 'bg-ok-wash text-ok',
  bad: 'bg-bad-wash text-bad',
  warn: 'bg-warn-wash text-warn',
  plain: 'bg-sunk text-soft',
} as const

function Bar({ tone, title, note, left }: { tone: keyof typeof tones; title: string; note: string; left?: string }) {
  return (
    <p
      className={`flex flex-wrap items-center ${tones[tone]}`}
      style={sized({ gap: 20, padding: [18, 28, 18], borderRadius: 22 })}
    >
      <span
        className="flex items-center font-semibold tracking-tight"
        style={sized({ fontSize: 36, lineHeight: 44, gap: 20 })}
      >
        <Icon name={tone === 'ok' ? 'check' : tone === 'plain' ? 'info' : 'warning'} className="size-[1.1em]" />
        {title}
      </span>
      <span className="text-soft" style={sized({ fontSize: 26, lineHeight: 34 })}>
        {note}
      </span>
      {left ? (
        // What ticks is not read out each second.
        <span aria-hidden="true" className="ml-auto text-soft tabular-nums" style={sized({ fontSize: 26 })}>
          {left}
        </span>
      ) : null}
    </p>
  )
}

/** As large as the name lets it be beside the mark. */
function nameSize(name: string): string {
  const most = Math.max(48, Math.min(142, Math.round(1_700 / Math.max(1, name.length))))
  return `calc(${most} * var(--u))`
}
