import type { Check } from '#lib/webauthn/checks/check.ts'

/** fetch that tells the checks of each approval that passes, also of one that was refused. */
export function watchingApprovals(onChecks: (checks: readonly Check[]) => void): typeof fetch {
  return async (input, init) => {
    const answer = await globalThis.fetch(input, init)
    if (String(input).endsWith('/v1/passkeys/authenticate/finish')) {
      const { checks } = (await answer
        .clone()
        .json()
        .catch(() => ({}))) as { checks?: readonly Check[] }
      if (checks?.length) onChecks(checks)
    }
    return answer
  }
}
