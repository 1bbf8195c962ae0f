/** Stands in a secret’s place in what is kept of a ceremony: that it was there is no secret. */
export const notKept = '(not kept)'
