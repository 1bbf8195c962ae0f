interface Preparation {
  root: string
  prepare(what: { build: boolean }): Promise<void>
  preparePages(): Promise<void>
  preparePackages(): Promise<void>
  step(title: string, command: string, args: string[], extra?: Record<string, string>): Promise<string>
}

// Plain JavaScript without types, as it must run before anything is installed.
const file = new URL('./prepare.mjs', import.meta.url).href

/** The set-up's own steps, typed. */
export const { root, prepare, preparePages, preparePackages, step } = (await import(file)) as Preparation
