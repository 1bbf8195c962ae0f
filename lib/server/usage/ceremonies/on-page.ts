import type { Operation } from '#lib/contract/operations.ts'
import { type Caller, placeOf } from '../../caller.ts'
import { clock } from '../../clock.ts'
import { Problem } from '../../problem.ts'
import { hourMilliseconds } from '../range.ts'
import { addOnPage } from './store.ts'

/**
 * Does a step of a ceremony on the sign-in's own pages, and counts what came of it among the ceremonies of the client's tenant.
 * It is no request of a key: no quota and no rate knows of it. Nobody waits for the count, and what cannot be counted goes on.
 */
export async function onPage<Answer>(
  caller: Caller,
  operation: Operation,
  step: () => Promise<Answer>,
): Promise<Answer> {
  try {
    const answer = await step()
    note(caller, operation, 'ok')
    return answer
  } catch (error) {
    note(caller, operation, error instanceof Problem ? error.code : 'internal')
    throw error
  }
}

function note(caller: Caller, operation: Operation, outcome: string): void {
  const hour = Math.floor(clock.now() / hourMilliseconds)
  void addOnPage(placeOf(caller), { operation, outcome, hour }).catch(() => undefined)
}
