import type { Call } from '../call.ts'

/** One call of the Console's own API, for the member that the cookie signs in: what each of its parts is made of. */
export type ConsoleSend = <Answer>(method: string, path: string, rest?: Call) => Promise<Answer>
