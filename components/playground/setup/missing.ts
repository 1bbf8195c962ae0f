import { keyMistake } from './api-key.ts'
import { usernameMistake } from './username.ts'

/** A field that keeps a press from being sent, and what it lacks. */
export interface Missing {
  field: 'apiKey' | 'username'
  why: string
}

/**
 * What must be set right before a ceremony can begin: nothing is sent that cannot be right. Without `username`, none is
 * asked for.
 */
export function missingFor({ apiKey, username }: { apiKey: string; username?: string }): Missing | undefined {
  const ofKey = apiKey ? keyMistake(apiKey) : 'Enter an API key first, or use a demo key.'
  if (ofKey) return { field: 'apiKey', why: ofKey }
  if (username === undefined) return undefined
  const ofName = username ? usernameMistake(username) : 'Enter a username first. Any name will do.'
  return ofName ? { field: 'username', why: ofName } : undefined
}
