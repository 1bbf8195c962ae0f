/**
 * A loader that runs a module when the pages are built, and puts the value of its default export in its place. Names that
 * end in `.built.ts` are for it: the module is the same in a test, where it runs as it stands.
 */
export default async function built() {
  const finished = this.async()
  try {
    const { default: value, madeOf = [] } = await import(`${this.resourcePath}?${Date.now()}`)
    for (const folder of madeOf) this.addContextDependency?.(folder)
    finished(null, `export default ${JSON.stringify(value)}`)
  } catch (error) {
    finished(error)
  }
}
