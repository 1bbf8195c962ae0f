/** Of what may be a million no more is counted for a page that is open: one more stands for any number beyond. */
export const mostCounted = 1_000
