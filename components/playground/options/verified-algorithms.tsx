'use client'

import { createContext, type ReactNode, useContext } from 'react'
import type { WebAuthnOption } from '#lib/webauthn/options.ts'

const Verified = createContext<readonly number[] | undefined>(undefined)

/** A page whose server verifies these algorithms, by their COSE numbers, and no others. */
export function VerifiedAlgorithms({ algorithms, children }: { algorithms: readonly number[]; children: ReactNode }) {
  return <Verified value={algorithms}>{children}</Verified>
}

/** An option without the algorithms that the page's server would refuse to ask for. */
export function useVerified(option: WebAuthnOption): WebAuthnOption {
  const verified = useContext(Verified)
  const values = option.values?.filter(({ value }) => typeof value !== 'number' || (verified?.includes(value) ?? true))
  return values ? { ...option, values } : option
}
