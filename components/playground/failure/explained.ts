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
  return (
    words?.failureOf(error, circumstances) ?? {
      code: 'network',
      what: 'The server could not be reached',
      why: 'It answered neither the request nor with the rest of this page: it may be stopped, or this device is offline.',
      todo: 'Check that the server runs, then reload the page.',
      raw: String(error),
    }
  )
}
