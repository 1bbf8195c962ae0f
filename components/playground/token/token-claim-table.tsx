'use client'

import { CodeBlock } from '../../ui/code-block.tsx'
import { type Claim, claimsOf } from './token-claims.ts'
import type { Lit } from './token-compact.tsx'
import { claimSpan } from './token-parts.ts'

interface Props {
  part: 'header' | 'payload'
  claims: Record<string, unknown>
  /** The part's JSON text. */
  text: string
  username: string
  /** Of several tokens, whose part it is: “ID token”. */
  owner?: string | undefined
  onLight: (lit: Lit | undefined) => void
}

const tone = { header: 'text-jwt-header', payload: 'text-jwt-payload' } as const

/** A decoded part, claim by claim in plain words; pointing at a claim shows where the token carries it. */
export function TokenClaimTable({ part, claims, text, username, owner, onLight }: Props) {
  return (
    <div className="@container">
      <table className="block w-full border-collapse @md:table @md:table-fixed">
        <caption className={`block pt-1 pb-1.5 text-left font-semibold text-[13px] @md:table-caption ${tone[part]}`}>
          {part === 'header' ? 'Header' : 'Payload'}
        </caption>
        <colgroup>
          <col className="w-[10.5rem]" />
          <col className="w-[34%]" />
          <col />
        </colgroup>
        <thead className="sr-only">
          <tr>
            <th scope="col">Claim</th>
            <th scope="col">Value</th>
            <th scope="col">Meaning</th>
          </tr>
        </thead>
        <tbody className="block border-line border-t @md:table-row-group">
          {claimsOf(claims, username).map((claim) => (
            <tr
              key={claim.name}
              className={`flex flex-wrap border-line border-b py-1.5 transition-colors hover:bg-accent-wash @md:table-row ${claim.hero ? 'bg-accent-wash' : ''}`}
              onPointerEnter={() => onLight({ part, span: claimSpan(text, claim.name, claims[claim.name]) })}
              onPointerLeave={() => onLight(undefined)}
            >
              <th
                scope="row"
                className={`px-2 text-left align-top font-mono font-normal text-[12.5px] @max-md:min-w-[9.75rem] @max-md:pr-0 @md:py-2 ${tone[part]}`}
              >
                {claim.name}
              </th>
              <Meaning claim={claim} />
            </tr>
          ))}
        </tbody>
      </table>
      <details className="mt-2">
        <summary className="w-fit cursor-pointer text-[13px] text-soft hover:text-ink">The {part} as JSON</summary>
        <div className="mt-2">
          <CodeBlock code={JSON.stringify(claims, null, 2)} label={owner ? `${part} of the ${owner}` : part} />
        </div>
      </details>
    </div>
  )
}

const cell = 'min-w-0 px-2 align-top text-[13px] wrap-anywhere @md:py-2'

function Meaning({ claim }: { claim: Claim }) {
  if (claim.members)
    return (
      <td className={`${cell} @max-md:basis-full @max-md:pt-1`} colSpan={2}>
        <ul>
          {claim.members.map((member) => (
            <li key={member.value} className="flex gap-2">
              <code className="w-10 shrink-0 font-mono">{member.value}</code>
              <span className="text-soft">{member.meaning}</span>
            </li>
          ))}
        </ul>
      </td>
    )
  return (
    <>
      <td className={`${cell} font-mono`}>
        {claim.time ? (
          <>
            {claim.time} <span className="text-faint">{claim.value}</span>
          </>
        ) : (
          claim.value
        )}
      </td>
      <td className={`${cell} text-soft @max-md:basis-full`}>{claim.meaning}</td>
    </>
  )
}
