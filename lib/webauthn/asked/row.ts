/** What became of something that was asked for. */
export type AskedVerdict =
  | 'honoured'
  | 'ignored by the browser'
  | 'ignored by the authenticator'
  | 'changed by the server'
  | 'refused by the browser'
  | 'contradicted'
  | 'cannot be told'

/** One thing that was asked for in a ceremony, and what became of it. All texts are for people. */
export interface AskedRow {
  /** The option’s path. */
  path: string
  title: string
  group: 'Options' | 'Extensions'
  asked: string
  got: string
  verdict: AskedVerdict
  why: string
}

/** What a judge finds. */
export type Finding = Pick<AskedRow, 'got' | 'verdict' | 'why'>

/** A finding; what is not there is got as “absent”. */
export function found(verdict: AskedVerdict, got: string | undefined, why: string): Finding {
  return { verdict, got: got ?? 'absent', why }
}
