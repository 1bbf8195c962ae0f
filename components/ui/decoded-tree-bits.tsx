import type { DecodedNode } from '#lib/webauthn/decode/node.ts'

/** The bits of a flags byte, set ones marked; reserved ones only when they are set. */
export function DecodedTreeBits({ bits }: { bits: readonly DecodedNode[] }) {
  const shown = bits.filter(({ name, value }) => value === '1' || !name.startsWith('RFU'))
  return (
    <ul className="grid gap-x-6 gap-y-1 pt-1 pb-1 text-[13px] @2xl:grid-cols-2">
      {shown.map(({ name, value, note }) => (
        <li key={name} className="flex items-baseline gap-2">
          <span
            className={`w-4 shrink-0 rounded text-center font-mono text-[12px] ${value === '1' ? 'bg-ink text-card' : 'bg-sunk text-soft'}`}
          >
            {value}
          </span>
          <code className="min-w-6 shrink-0 font-mono">{name}</code>
          <span className="text-soft">{note?.replace(/^bit \d+: /, '')}</span>
        </li>
      ))}
    </ul>
  )
}
