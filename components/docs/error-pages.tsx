import type { MDXComponents } from 'mdx/types'
import { type ErrorCode, errors } from '#lib/contract/errors.ts'
import Access from '../../docs/errors/access.mdx'
import Passkeys from '../../docs/errors/passkeys.mdx'
import Requests from '../../docs/errors/requests.mdx'
import Skills from '../../docs/errors/skills.mdx'
import { useFilled } from './filled.tsx'

/** Every error on one page; where the address names one, that one alone. */
export function Errors({ components }: { components?: MDXComponents }) {
  const { demo } = useFilled()
  const shown = { ...components, aside: () => null }
  return (
    <div data-entries>
      {demo ? <span hidden data-demo-key={demo.key} /> : null}
      <h1 className="mt-1 font-semibold text-[32px] leading-[1.15] tracking-[-.03em]">Errors</h1>
      <div data-all-entries>
        <p className="mt-2 text-[17px] text-soft leading-normal">
          Every refusal is a problem document (RFC 9457) with a stable code, and its type is the address of an entry
          here.
        </p>
        <ul className="mt-4 grid gap-x-4 sm:grid-cols-2">
          {(Object.keys(errors) as ErrorCode[]).map((code) => (
            <li key={code} className="flex items-baseline gap-2 border-line border-b py-1.5">
              <span className="text-[12.5px] text-faint tabular-nums">{errors[code].status}</span>
              <a href={`#${code}`} className="font-mono text-[13px] text-accent hover:underline">
                {code}
              </a>
            </li>
          ))}
        </ul>
      </div>
      <a href="/docs/errors" data-one-entry className="mt-2 inline-block text-[13px] text-accent hover:underline">
        All errors
      </a>
      {[Requests, Access, Passkeys, Skills].map((Part, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts stay where they are.
        <Part key={at} components={shown} />
      ))}
      <p className="mt-6 text-[14px] text-soft">
        The code of all entries is one program: <code className="font-mono text-[13px]">client</code> is a Client with a
        test key, <code className="font-mono text-[13px]">admin</code> one with a key of every scope, and each is made
        as{' '}
        <a href="/docs/sdks" className="text-accent underline underline-offset-3">
          the SDKs’ page
        </a>{' '}
        says.
      </p>
    </div>
  )
}
