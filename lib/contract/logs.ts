import { z } from 'zod'
import { environment } from './environment.ts'
import { moment } from './moment.ts'
import { page, pageOf } from './page.ts'
import { plainText } from './plain-text.ts'

/** A request, as it is in the log. Never a body, a header or a secret. */
export const logEntry = z.object({
  requestId: z.string(),
  /** When it began. */
  at: z.iso.datetime(),
  /** Null where nothing is at the path. */
  operation: z.string().nullable(),
  method: z.string(),
  /** With names in place of what stands for one thing, as in the OpenAPI document. */
  path: z.string(),
  status: z.int(),
  /** Of a refusal: the code of the problem, or of the error of OAuth. */
  code: z.string().nullable(),
  /** Why: the first check that failed where a credential did not verify, else the code. */
  reason: z.string().nullable(),
  detail: z.string().nullable(),
  /** What a check wanted and what it got, where that is for anybody to know: origins, and whether the user was there. */
  expected: z.string().nullable(),
  actual: z.string().nullable(),
  /** Who asked: one of the two. Names are those of now; null for what is there no more. */
  key: z.object({ id: z.string(), name: z.string().nullable(), hint: z.string().nullable() }).nullable(),
  client: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
  /** Whom it is about. */
  user: z.object({ id: z.string().nullable(), username: z.string().nullable() }).nullable(),
  /** Null where the server could not know it. */
  address: z.string().nullable(),
  milliseconds: z.number(),
  /** Of the body that came, as its length was told. Null where it was not. */
  requestBytes: z.int().nullable(),
  /** How many requests a minute has, and how many this one left of them. Null where it was refused before that was looked at. */
  limit: z.object({ requests: z.int(), left: z.int() }).nullable(),
  /** Of a credential that did not verify: how many checks failed, and of how many. */
  checks: z.object({ failed: z.int(), total: z.int() }).nullable(),
})
export type LogEntry = z.infer<typeof logEntry>

const name = plainText(128)

/** Which requests. */
export const logFilter = {
  /** Inclusive and exclusive, by when they began. */
  from: moment.optional(),
  to: moment.optional(),
  operation: name.optional(),
  status: z
    .string()
    .regex(/^[1-5](?:\d\d|xx)$/, 'is no status such as 401, and no class such as 4xx')
    .optional(),
  code: name.optional(),
  reason: name.optional(),
  /** Ids. */
  key: name.optional(),
  client: name.optional(),
  /** An id or a username. */
  user: name.optional(),
  address: name.optional(),
  requestId: name.optional(),
}

/**
 * Newest first. By address, key, client and user an index leads to them; what else is rare is looked for so far at one time: a page
 * may hold less than `limit`, and say that there is more.
 */
export const logQuery = z.strictObject({ ...page, ...logFilter })
export type LogQuery = z.input<typeof logQuery>
export const logList = pageOf(logEntry)
export type LogList = z.infer<typeof logList>
export type LogFilterInput = { [Name in keyof typeof logFilter]?: string | undefined }

/** Requests that fit a filter, over time: equal steps from a moment on. */
export const logFigures = z.object({
  from: z.iso.datetime(),
  stepMilliseconds: z.int(),
  steps: z.array(z.object({ requests: z.int(), refused: z.int() })),
  requests: z.int(),
  refused: z.int(),
  /** Of very many, the latest were looked at: since when. Null where all were. */
  countedFrom: z.iso.datetime().nullable(),
})
export type LogFigures = z.infer<typeof logFigures>

/** Of the Console: the same in either environment. */
export const consoleLogQuery = logQuery.extend({ environment: environment.default('test') })
export type ConsoleLogQuery = z.input<typeof consoleLogQuery>
export const consoleLogFigures = z.strictObject({ environment: environment.default('test'), ...logFilter })
export type ConsoleLogFiguresQuery = z.input<typeof consoleLogFigures>

/** One request, and in which of the environments it was. */
export const consoleLogEntry = logEntry.extend({ environment })
export type ConsoleLogEntry = z.infer<typeof consoleLogEntry>
