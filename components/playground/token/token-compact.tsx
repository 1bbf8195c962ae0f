import type { Part, TokenParts } from './token-parts.ts'

export interface Lit {
  part: Part
  /** Characters of that part; the whole part when absent. */
  span?: readonly [from: number, to: number] | undefined
}

const tones = {
  header: 'text-jwt-header',
  payload: 'text-jwt-payload',
  signature: 'text-jwt-signature',
} as const

interface Props {
  compact: TokenParts['compact']
  lit: Lit | undefined
  testId?: string
}

/** The compact JWT, its three parts in their colours. The text content of its element is the token, nothing else. */
export function TokenCompact({ compact, lit, testId }: Props) {
  return (
    <code
      data-testid={testId}
      className="block rounded-xl bg-sunk p-3.5 font-mono text-[13px] leading-[1.65] break-all select-all"
    >
      <Colored part="header" text={compact.header} lit={lit} />.
      <Colored part="payload" text={compact.payload} lit={lit} />.
      <Colored part="signature" text={compact.signature} lit={lit} />
    </code>
  )
}

function Colored({ part, text, lit }: { part: Part; text: string; lit: Lit | undefined }) {
  if (lit?.part !== part) return <span className={tones[part]}>{text}</span>
  const [from, to] = lit.span ?? [0, text.length]
  return (
    <span className={tones[part]}>
      {text.slice(0, from)}
      <span className="rounded-[3px] bg-accent text-accent-ink">{text.slice(from, to)}</span>
      {text.slice(to)}
    </span>
  )
}
