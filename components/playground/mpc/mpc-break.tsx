import type { TenantAnswer } from '#lib/contract/tenant.ts'
import { Button } from '../../ui/button.tsx'
import type { DemoKey } from '../setup/demo-key.ts'
import { type AttackName, attackNames, attacks } from './mpc-attacks.ts'
import type { Work } from './mpc-work.ts'

interface Props {
  work: Work | undefined
  busy: boolean
  demoKeys: readonly DemoKey[]
  tenant: TenantAnswer
  onAttack: (name: AttackName) => void
}

/** Ways to cheat, and for the last one what was changed, what refused it and what it cost. */
export function MpcBreak({ work, busy, demoKeys, tenant: { tenant, environment }, onAttack }: Props) {
  const other = demoKeys.find((demo) => demo.tenantId !== tenant.id)
  const labelOf = (name: AttackName) =>
    name === 'tenant' && other ? `${other.tenantName.split(' ')[0]}’s token` : attacks[name].label
  // A live session is never made to forget.
  const names = attackNames.filter((name) => name !== 'restart' || environment === 'test')
  return (
    <section aria-label="Break it" className="mt-3.5 border-line border-t pt-3.5">
      <h2 className="inline font-semibold">Break it</h2>
      <span className="ml-2 text-[13px] text-soft">each shows the refusal and why</span>
      <div className="mt-2 flex flex-wrap gap-1.5">
        {names.map((name) => (
          <Button
            key={name}
            look="small"
            aria-pressed={work?.attack === name}
            className="aria-pressed:border-bad aria-pressed:bg-bad-wash aria-pressed:text-bad"
            onClick={() => busy || onAttack(name)}
          >
            {labelOf(name)}
          </Button>
        ))}
      </div>
      {work?.attack && work.took !== undefined ? <Told work={work} name={work.attack} /> : null}
    </section>
  )
}

function Told({ work: { evidence, refusal }, name }: { work: Work; name: AttackName }) {
  const { changed, caught, cost } = attacks[name]
  return (
    <dl className="mt-3 grid gap-x-3.5 gap-y-2 text-[13px] sm:grid-cols-[128px_minmax(0,1fr)]">
      <dt className="text-faint">What was changed</dt>
      <dd>
        {changed}
        {evidence?.share ? <Bytes {...evidence.share} /> : null}
        {name === 'stale' ? <Expired at={evidence?.expired} /> : null}
      </dd>
      <dt className="text-faint">What caught it</dt>
      <dd>{caught}</dd>
      {refusal ? (
        <>
          <dt className="text-faint">What it said</dt>
          <dd>
            {refusal.detail} <span className="font-mono">{refusal.reason}</span>
          </dd>
        </>
      ) : null}
      <dt className="text-faint">What it cost</dt>
      <dd>{cost}</dd>
    </dl>
  )
}

/** Some bytes before and after, what differs in red. */
function Bytes({ before, after }: { before: string; after: string }) {
  const at = [...before].findIndex((digit, index) => digit !== after[index])
  const marked = (text: string) => (
    <>
      …{text.slice(0, at)}
      <b className="text-bad">{text[at]}</b>
      {text.slice(at + 1)}…
    </>
  )
  return (
    <span className="block font-mono">
      {marked(before)} → {marked(after)}
    </span>
  )
}

function Expired({ at }: { at: number | undefined }) {
  return (
    <span className="block">
      {at === undefined
        ? 'No approval of this page has expired yet: each lives two minutes. Pressed again after that, one that has is sent too.'
        : `One that had ended at ${new Date(at).toLocaleTimeString('en-GB')} was sent too.`}
    </span>
  )
}
