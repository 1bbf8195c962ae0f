import type { ProblemDocument } from '#lib/contract/problem.ts'

/** Why a code gave this phone nothing, and what to do. */
export interface ArrivalWords {
  title: string
  note: string
  /** Whether the code may still be good: it is taken again at a press. */
  again: boolean
}

/** Words for what the server refused a code with; without a problem it did not answer. */
export function arrivalWords(problem: Pick<ProblemDocument, 'code' | 'detail'> | undefined): ArrivalWords {
  if (!problem) {
    return {
      title: 'The server could not be reached',
      note: 'The code may still be good: check the connection of this phone, then try again.',
      again: true,
    }
  }
  switch (problem.code) {
    case 'hand_off_used':
      return {
        title: 'This code was used already',
        note: 'A code is good for one phone, once: another phone took it, or this one did before. Ask for a new code and scan that one, or enter a key of your own.',
        again: false,
      }
    case 'invalid_request':
      return {
        title: 'This address is not whole',
        note: 'What stands in it is no code: it was cut off or changed on its way. Scan the code once more, or ask for a new one.',
        again: false,
      }
    case 'not_found':
      return { title: 'This code is not good any more', note: problem.detail, again: false }
    case 'ip_not_allowed':
      return {
        title: 'The key is not for this phone’s network',
        note: `${problem.detail} Join the network that it is for, then try again: the code is still good.`,
        again: true,
      }
    case 'rate_limited':
    case 'concurrency_limited':
      return {
        title: 'Too many phones at once',
        note: `${problem.detail} Then try again: the code is still good until its five minutes are over.`,
        again: true,
      }
    default:
      return { title: 'The code could not be taken', note: problem.detail, again: true }
  }
}
