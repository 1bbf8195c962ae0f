import { access } from './error-entries/access.ts'
import type { ErrorEntry } from './error-entries/entry.ts'
import { passkeys } from './error-entries/passkeys.ts'
import { requests } from './error-entries/requests.ts'
import { skills } from './error-entries/skills.ts'
import type { ErrorCode } from './errors.ts'

/** What documentation says of every code: the entry at its address. */
export const errorEntries: Readonly<Record<ErrorCode, ErrorEntry>> = { ...requests, ...access, ...passkeys, ...skills }
