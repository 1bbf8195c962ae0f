const maker = Symbol('the software authenticator that it is of')

/** Marks a credential, or an exception, as a software authenticator’s. The empty name: of none in particular. */
export function markSoftware<Made extends object>(made: Made, name: string): Made {
  return Object.defineProperty(made, maker, { value: name, configurable: true })
}

/** The name of the software authenticator that it is of; undefined where a real one, or the browser, made it. */
export function softwareOf(made: unknown): string | undefined {
  return typeof made === 'object' && made !== null ? (made as { [maker]?: string })[maker] : undefined
}
