/**
 * Whether an address that a request names is one of those that were registered: to the letter, but for the port of a native
 * app's own listener, which the system gives it each time. That is the case on the loopback addresses alone: `localhost` is a
 * name, which may lead elsewhere.
 *
 * @param native the app keeps no secret: it may run on the user's own machine
 * @see https://www.rfc-editor.org/rfc/rfc8252#section-7.3
 * @see https://www.rfc-editor.org/rfc/rfc9700#section-4.1.3
 */
export function isRegistered(uri: string, registered: readonly string[], native: boolean): boolean {
  if (registered.includes(uri)) return true
  const anyPort = native && URL.canParse(uri) ? withoutPort(uri) : undefined
  return anyPort !== undefined && registered.some((one) => withoutPort(one) === anyPort)
}

/** A loopback address without its port; undefined for every other. */
function withoutPort(uri: string): string | undefined {
  const [, host, rest] = /^http:\/\/(127\.0\.0\.1|\[::1\])(?::\d{1,5})?(\/.*)$/.exec(uri) ?? []
  return host && rest && `${host}${rest}`
}
