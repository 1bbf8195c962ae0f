/** Whether a path is the authorization server's, whose errors have RFC 6749's shape. */
export function isOAuthPath(path: string): boolean {
  return /^\/(?:oauth|device)(?:\/|$)/.test(path)
}
