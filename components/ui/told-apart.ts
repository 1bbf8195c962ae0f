/** Names of things in one list, so that no two are alike: what is called as one before it, such as a second “Pixel”, is “Pixel (2)”. */
export function toldApart(names: readonly string[]): string[] {
  return names.map((name, at) => {
    const before = names.slice(0, at).filter((other) => other === name).length
    return before ? `${name} (${before + 1})` : name
  })
}
