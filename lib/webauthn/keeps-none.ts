/**
 * Whether a NotSupportedError says that no authenticator is there that keeps discoverable passkeys: Chromium has these words
 * for it, in a sign-in without a list as well.
 */
export function keepsNone(message: string): boolean {
  return /^Resident credentials/i.test(message)
}
