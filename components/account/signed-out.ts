import { ApiError } from '#lib/sdk/call.ts'

/** Whoever is signed out by now signs in again first: the page, read anew, asks for that, and nothing goes on until then. */
export function signedOut(error: unknown): Promise<never> {
  if (!(error instanceof ApiError && error.code === 'session_required')) throw error
  location.reload()
  return new Promise(() => {})
}
