import { ahead } from '../../ui/late.tsx'
import type { Failure } from '../run.ts'
import type { Circumstances } from './circumstances.ts'

const loadWords = () => import('./failure.ts')

/** Brings what draws a failure. */
export const loadCard = () => import('../checks/checks-failure.tsx')

/** Brings both, before anything is asked that can fail. */
export const prepareForFailure = () => Promise.all([loadWords(), ahead(loadCard)])

/**
 * Words for whatever a ceremony or a call threw. Where not even they could be had, the server is out of reach, and that is
 * what is said.
 */
export async function explained(error: unknown, circumstances: Circumstances): Promise<Failure> {
  const words = await loadWords().catch(() => undefined)
  const noRpId = await isNoRpId(error, circumstances).catch(() => false)
  return (
    words?.failureOf(error, { ...circumstances, noRpId }) ?? {
      code: 'network',
      what: 'The server could not be reached',
      why: 'It answered neither the request nor with the rest of this page: it may be stopped, or this device is offline.',
      todo: 'Check that the server runs, then reload the page.',
      raw: String(error),
    }
  )
}

/** Whether no browser takes the RP ID, on whichever page; the list of public suffixes comes only where that can be why. */
async function isNoRpId(error: unknown, { asked, tenant }: Circumstances): Promise<boolean> {
  const thrown = error instanceof Error && error.cause instanceof Error ? error.cause.name : ''
  const rpId = asked?.rpId ?? asked?.rp?.id ?? tenant?.relyingParty.id
  if (thrown !== 'SecurityError' || rpId === undefined) return false
  const { whyNoRpId } = await import('#lib/contract/rp-id.ts')
  return whyNoRpId(rpId) !== undefined
}
