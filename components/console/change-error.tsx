import Link from 'next/link'
import { errors } from '#lib/contract/errors.ts'
import type { Refusal } from './explain.ts'

/** Why it was refused, read out at once: what, why, what to do. Nothing while there is nothing to say. */
export function ChangeError({ error, className = '' }: { error: Refusal | undefined; className?: string }) {
  return (
    <div role="alert" className={error ? className : ''}>
      {error ? (
        <div
          className={`rounded-xl border px-4 py-3 text-[14px] ${error.calm ? 'border-line bg-sunk' : 'border-bad bg-bad-wash'}`}
        >
          <p className={`font-semibold ${error.calm ? '' : 'text-bad'}`}>{error.title}</p>
          {error.detail ? <p className="mt-0.5 wrap-anywhere">{error.detail}</p> : null}
          {error.issues.length ? (
            <ul className="mt-0.5 space-y-0.5">
              {error.issues.map(({ path, message }) => (
                <li key={`${path} ${message}`} className="wrap-anywhere">
                  {path ? <code className="font-mono text-[13px]">{path}</code> : null} {message}
                </li>
              ))}
            </ul>
          ) : null}
          {error.todo ? (
            <p className="mt-1.5">
              <span className="font-semibold">What to do: </span>
              {error.todo}
            </p>
          ) : null}
          {error.code in errors ? (
            <p className="mt-1.5 text-[13px]">
              <a
                href={`/docs/errors#${error.code}`}
                target="_blank"
                rel="noreferrer"
                className="underline underline-offset-2"
              >
                Documentation
              </a>
            </p>
          ) : null}
          {error.code === 'insufficient_funds' ? (
            <p className="mt-1.5">
              <Link href="/console/account?environment=live" prefetch={false} className="underline underline-offset-2">
                Open the account
              </Link>
            </p>
          ) : null}
        </div>
      ) : null}
    </div>
  )
}
