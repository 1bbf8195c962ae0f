// The client, for Node, browsers and edge runtimes.

export type { ErrorCode } from '#lib/contract/errors.ts'
export type { ProblemDocument } from '#lib/contract/problem.ts'
export type { Scope } from '#lib/contract/scopes.ts'
export { ApiError } from './api-error.ts'
export { Client, type ClientSettings, type CreateCredential, type GetCredential } from './client.ts'
export { ConnectionError, TimeoutError, UnreadableAnswerError } from './connection-error.ts'
export * from './errors.ts'
export type { List } from './resources/list.ts'
export type { Extra, Once } from './resources/send.ts'
export type { Hooks, RequestEvent, ResponseEvent, RetryEvent } from './watch.ts'
