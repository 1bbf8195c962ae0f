import { unlessAborted } from './abortable.ts'

/** How time passes between two tries: tests let it pass at once. */
export const pace = {
  /** Resolves after so many milliseconds; rejects with the signal's reason. */
  pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
    let timer: ReturnType<typeof setTimeout>
    const passed = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, milliseconds)
    })
    return unlessAborted(passed, signal).finally(() => clearTimeout(timer))
  },
  /** From 0 to 1. */
  random: Math.random,
}
