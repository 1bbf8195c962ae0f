'use client'

import { useMemo, useState } from 'react'
import { CopyButton } from '../../ui/copy-button.tsx'
import { TokenClaimTable } from './token-claim-table.tsx'
import { type Lit, TokenCompact } from './token-compact.tsx'
import { TokenHeading } from './token-heading.tsx'
import { tokenParts } from './token-parts.ts'

interface Props {
  token: string
  /** What it is called: “The token”, “Copy token”. */
  name: string
  /** Whom `sub` means. */
  username: string
  /** Who the signature proves wrote it. */
  signer?: string
  /** Names the element that holds the compact form, for test suites. */
  testId?: string
}

/** A JWT in its three parts: compact, and claim by claim in plain words. Pointing at a claim shows where it stands. */
export function TokenAnatomy({ token, name, username, signer = 'this server', testId }: Props) {
  const { compact, header, payload, text } = useMemo(() => tokenParts(token), [token])
  const [lit, light] = useState<Lit>()
  const table = { username, onLight: light, owner: name === 'token' ? undefined : name }
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-x-6 gap-y-5 @3xl:grid-cols-[minmax(0,5fr)_minmax(0,9fr)] @3xl:grid-rows-[auto_1fr]">
      <div>
        <TokenHeading text={`The ${name}`} copy={<CopyButton text={token} label={`Copy ${name}`} />} />
        <TokenCompact compact={compact} lit={lit} {...(testId ? { testId } : {})} />
        <p className="mt-2 text-[13px] text-soft">
          <span className="text-jwt-header">Header</span> and <span className="text-jwt-payload">payload</span> are JSON
          that anyone can read. The <span className="text-jwt-signature">signature</span> proves that {signer} wrote
          them.
        </p>
      </div>
      <div className="@3xl:col-start-2 @3xl:row-span-2 @3xl:row-start-1">
        <TokenClaimTable part="payload" claims={payload} text={text.payload} {...table} />
      </div>
      <TokenClaimTable part="header" claims={header} text={text.header} {...table} />
    </div>
  )
}
