import type { ComparedField, FieldSide, Stretch } from './compare-fields.ts'
import { line, marked, member } from './compare-look.ts'

interface Props {
  fields: readonly ComparedField[]
  lengths: readonly [number, number]
  /** Leaves out the fields that are the same, and folds long stretches that are. */
  only: boolean
}

/** So many equal bytes in a row are folded to their number. */
const long = 16

/** Authenticator data byte by byte: what differs is blue, what is the same is faint. */
export function CompareBytes({ fields, lengths, only }: Props) {
  const shown = only ? fields.filter(({ differs }) => differs) : fields
  const same = fields.filter(({ differs }) => !differs).map(({ name }) => name)
  return (
    <tbody className="block">
      <tr className="block">
        <th scope="rowgroup" colSpan={3} className="block pt-2.5 pb-1 font-normal text-[12.5px] text-soft">
          <span className="font-semibold">Bytes: authenticatorData</span> · {lengths.join(' and ')} bytes
          {only && same.length ? `, the same in ${same.join(', ')}` : ''}
        </th>
      </tr>
      {shown.map(({ name, sides }) => (
        <tr key={name} className={`${line} border-line border-b px-2 last:border-b-0`}>
          <th scope="row" className={member}>
            {name}
          </th>
          {sides.map((side, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the two sides do not move.
            <Side key={at} side={side} only={only} />
          ))}
        </tr>
      ))}
    </tbody>
  )
}

function Side({ side, only }: { side: FieldSide | undefined; only: boolean }) {
  if (!side) return <td className="py-1.5 text-soft">–</td>
  const { from, length, stretches } = side
  return (
    <td className="min-w-0 py-1.5 font-mono text-[12.5px] wrap-anywhere">
      <span className="mr-2 whitespace-nowrap font-sans text-[12px] text-soft">
        {length > 1 ? `${from} – ${from + length - 1}` : from}
      </span>
      {stretches.map((stretch, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the stretches of one field do not move.
        <Bytes key={at} stretch={stretch} only={only} />
      ))}
    </td>
  )
}

function Bytes({ stretch: { hex, length, differs }, only }: { stretch: Stretch; only: boolean }) {
  if (differs) return <mark className={marked}>{hex}</mark>
  if (only && length >= long) return <span className="font-sans text-soft"> {length} the same </span>
  return <span className="text-faint">{hex}</span>
}
