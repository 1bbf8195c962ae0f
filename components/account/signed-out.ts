import { ApiError } from '#lib/sdk/call.ts'

/** Whoever is signed out by now signs in again first: the page, read anew, asks for that. */
export function signedOut(error: unknown): void {
  if (!(error instanceof ApiError && error.code === 'session_required')) throw error
  location.reload()
}
