import { CopyButton } from '../../ui/copy-button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { hex } from './hex.ts'
import { attacks } from './mpc-attacks.ts'
import { MpcRefusal } from './mpc-refusal.tsx'
import { calledOff, type MpcState, type Work } from './mpc-work.ts'

interface Props {
  state: MpcState
  onAgain: () => void
  onToken: () => void
}

/** The signature and what a plain verifier says of it; or why there is none. */
export function MpcSignature({ state, onAgain, onToken }: Props) {
  const { work, signature, approval } = state
  const text = signature && hex(signature.bytes)
  const mine = work?.kind === 'sign' ? work : undefined
  const attacked = mine?.attack && mine.took !== undefined ? mine : undefined
  return (
    <section aria-label="Signature">
      <div className="flex items-center gap-2">
        <h2 className="font-semibold">Signature</h2>
        {text ? (
          <>
            <span className="flex-1 text-[13px] text-soft">64 bytes</span>
            <CopyButton small text={text} label="Copy signature" />
          </>
        ) : null}
      </div>
      {text && signature ? (
        <>
          <Verdict
            valid={signature.verdict.valid}
            text={signature.verdict.valid ? 'Valid' : 'Not valid'}
            note={signature.verdict.by}
          />
          <p
            data-testid="mpc-signature"
            className="mt-2 break-all rounded-xl bg-sunk px-3 py-1.5 font-mono text-[12px]"
          >
            <span className="text-jwt-signature after:text-faint after:content-['_R_']">{text.slice(0, 64)}</span>
            <span className="text-jwt-payload after:text-faint after:content-['_S']">{text.slice(64)}</span>
          </p>
        </>
      ) : attacked ? (
        <Attacked work={attacked} />
      ) : mine?.refusal ? (
        <MpcRefusal refusal={mine.refusal} onAgain={onAgain} onToken={onToken} />
      ) : (
        <p className="mt-1 text-[13px] text-soft">
          {mine && mine.took === undefined
            ? approval && approval.at === undefined
              ? 'Not before the passkey has approved. Nobody has spent a nonce yet.'
              : 'Not before every round is through.'
            : 'Nothing is signed yet.'}
        </p>
      )}
    </section>
  )
}

function Attacked({ work: { attack = 'tamper', refusal } }: { work: Work }) {
  // What was called off met nobody who could refuse it.
  if (refusal && calledOff(refusal))
    return <p className="mt-1 text-[13px] text-soft">It was called off before anybody cheated.</p>
  const text = refusal?.party ? `The ${refusal.party} cheated` : refusal ? 'Refused' : 'It was let through'
  return (
    <>
      <Verdict valid={false} text={text} />
      <p className="mt-2 text-[13px] text-soft">
        {attacks[attack].caught} <span className="font-mono">{refusal?.reason}</span>
      </p>
    </>
  )
}

function Verdict({ valid, text, note }: { valid: boolean; text: string; note?: string }) {
  return (
    <div
      data-testid="mpc-verdict"
      data-state={valid ? 'valid' : 'invalid'}
      role="status"
      className={`mt-2 flex items-center gap-2.5 rounded-field px-3 py-2.5 font-semibold ${valid ? 'bg-ok-wash text-ok' : 'bg-bad-wash text-bad'}`}
    >
      <Icon name={valid ? 'check' : 'cross'} />
      {text}
      {note ? <span className="ml-auto text-right font-normal text-[12.5px] text-soft">{note}</span> : null}
    </div>
  )
}
