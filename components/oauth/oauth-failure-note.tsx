import type { OAuthFailure } from './oauth-flow.ts'

/** Why a step did not work, and what to do; the raw words are one press away. */
export function OAuthFailureNote({ failure }: { failure: OAuthFailure }) {
  const { code, what, why, todo, raw, calm } = failure
  return (
    <div className={`rounded-xl px-4 py-3 ${calm ? 'bg-sunk' : 'bg-bad-wash'}`}>
      <p className={`font-semibold ${calm ? '' : 'text-bad'}`}>{what}</p>
      <p className="mt-0.5 max-w-[72ch] text-[14px]">
        {why} {todo}
      </p>
      <details className="mt-1.5 text-[13px]">
        <summary className="w-fit cursor-pointer text-soft hover:text-ink">
          The original words, <code className="font-mono">{code}</code>
        </summary>
        <p className="mt-1 font-mono wrap-anywhere">{raw}</p>
      </details>
    </div>
  )
}
