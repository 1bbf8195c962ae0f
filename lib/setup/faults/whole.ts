/** Whether faults are tried whole, as `npm run faults` does, and not in the short form of `npm test`. */
export const isWhole = process.env.FAULTS === 'whole'

/** As much of something as the form asks for. */
export const of = <Amount>(short: Amount, whole: Amount): Amount => (isWhole ? whole : short)
