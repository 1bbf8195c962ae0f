import { CopyButton } from '../../ui/copy-button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { hex } from './hex.ts'
import { attacks } from './mpc-attacks.ts'
import { MpcRefusal } from './mpc-refusal.tsx'
import type { Signature, Work } from './mpc-work.ts'

/** The signature and what a plain verifier says of it; or why there is none. */
export function MpcSignature({ work, signature }: { work: Work | undefined; signature: Signature | undefined }) {
  const text = signature && hex(signature.bytes)
  const attacked = work?.kind === 'sign' && work.attack && work.took !== undefined ? work : undefined
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
            <span className="text-jwt-signature">{text.slice(0, 64)}</span>
            <span className="text-jwt-payload">{text.slice(64)}</span>
          </p>
        </>
      ) : attacked ? (
        <>
          <Verdict
            valid={false}
            text={
              attacked.refusal?.party
                ? `The ${attacked.refusal.party} cheated`
                : attacked.refusal
                  ? 'Refused'
                  : 'It was let through'
            }
          />
          <p className="mt-2 text-[13px] text-soft">
            {attacked.refusal?.detail} {attacks[attacked.attack as keyof typeof attacks].cost}{' '}
            <span className="font-mono">{attacked.refusal?.reason}</span>
          </p>
        </>
      ) : work?.refusal ? (
        <MpcRefusal refusal={work.refusal} />
      ) : (
        <p className="mt-1 text-[13px] text-soft">
          {work?.kind === 'sign' && work.took === undefined
            ? 'Not before every round is through.'
            : 'Nothing is signed yet.'}
        </p>
      )}
    </section>
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
