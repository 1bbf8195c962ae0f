import type { Refusal } from '../explain.ts'

/** Where the MPC server is away, or there is none: that, and not the Console, is what does not work. */
export function away(error: Refusal): Refusal {
  if (error.code !== 'unavailable') return error
  return {
    ...error,
    title: 'The MPC keys cannot be shown now',
    todo: 'Try again once it runs. Everything else in the Console works without it.',
  }
}
