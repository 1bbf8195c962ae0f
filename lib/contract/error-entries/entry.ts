/** What documentation says of an error code. What stands between two backticks is code. */
export interface ErrorEntry {
  /** What it means, in one or two sentences. */
  meaning: string
  /** Why it happens, the likeliest first, and what to do in each case. */
  causes: readonly Cause[]
}

export interface Cause {
  because: string
  help: string
  /** Where that is done: what the link says, and its address. */
  link?: readonly [label: string, href: string]
}
