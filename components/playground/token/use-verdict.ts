import { useEffect, useState } from 'react'
import { type Expected, type TokenVerification, verifyToken } from './token-verify.ts'

/** The verdict on a token, reached again when the token changes. */
export function useVerdict(token: string, baseUrl: string, expected?: Expected): TokenVerification {
  const [reached, set] = useState<{ token: string; verdict: TokenVerification }>()
  const { typ, audience, claims } = expected ?? {}
  const required = claims?.join(' ')
  useEffect(() => {
    let current = true
    const wanted = audience && { audience, claims: required?.split(' ') ?? [], ...(typ ? { typ } : {}) }
    verifyToken(token, baseUrl, location.origin, wanted || undefined).then(
      (verdict) => current && set({ token, verdict }),
    )
    return () => {
      current = false
    }
  }, [token, baseUrl, typ, audience, required])
  return reached?.token === token ? reached.verdict : { state: 'verifying' }
}
