/** An environment variable; undefined in a browser, which has none. */
export function variable(name: string): string | undefined {
  return globalThis.process?.env?.[name]
}
