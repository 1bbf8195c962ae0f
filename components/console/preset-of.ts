/** The preset that is exactly these scopes, in whatever order, if any. */
export function presetOf<Value extends string>(
  presets: readonly { value: Value; scopes: readonly string[] }[],
  chosen: readonly string[],
): Value | undefined {
  return presets.find(
    ({ scopes }) => scopes.length === chosen.length && scopes.every((scope) => chosen.includes(scope)),
  )?.value
}
