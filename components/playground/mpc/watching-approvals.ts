import type { Check } from '#lib/webauthn/checks/check.ts'

/** What passed: the checks of an approval, and the approval where it was given. */
export interface WatchedApproval {
  checks: readonly Check[]
  approval?: string
}

/** fetch that tells of each approval that passes, also of one that was refused. */
export function watchingApprovals(onApproval: (approval: WatchedApproval) => void): typeof fetch {
  return async (input, init) => {
    const answer = await globalThis.fetch(input, init)
    if (String(input).endsWith('/v1/passkeys/authenticate/finish')) {
      const { checks, approval } = (await answer
        .clone()
        .json()
        .catch(() => ({}))) as Partial<WatchedApproval>
      if (checks?.length) onApproval({ checks, ...(approval ? { approval } : {}) })
    }
    return answer
  }
}
