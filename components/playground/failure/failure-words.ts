import type { Failure } from '../run.ts'

/** What is said of a failure; its code and the original message are added to it. */
export type Words = Pick<Failure, 'what' | 'why' | 'todo' | 'causes' | 'help' | 'calm' | 'brief'>
