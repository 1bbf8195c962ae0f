import type { Header } from './oauth-flow.ts'
import { parameterWords } from './oauth-words.ts'

interface Props {
  title: string
  values: readonly (readonly [name: string, value: string])[]
  /** Of these only what the flow itself put there is shown. */
  headers?: readonly Header[]
}

const telling: Readonly<Record<string, string>> = {
  authorization: 'what the request is let in by',
  dpop: 'a proof of the key, for this one request',
}

/** How many members an answer may have before only those with a meaning here are shown. */
const many = 16

/** Names and values with their meanings. What is known comes with words, what is not known without. */
export function OAuthParameters({ title, values, headers = [] }: Props) {
  const fromHeaders = headers.flatMap(([name, value]) => {
    const words = telling[name.toLowerCase()]
    return words ? [{ name, value, words }] : []
  })
  const members = values.map(([name, value]) => ({ name, value, words: parameterWords[name] }))
  const shown = [...fromHeaders, ...(members.length > many ? members.filter(({ words }) => words) : members)]
  const left = fromHeaders.length + members.length - shown.length
  if (shown.length === 0)
    return title === 'Answer' ? <p className="text-[13px] text-soft">The answer has no body.</p> : null
  return (
    <div className="@container">
      <table className="block w-full border-collapse @md:table @md:table-fixed">
        <caption className="block pb-1 text-left font-semibold text-[13px] text-faint @md:table-caption">
          {title}
        </caption>
        <colgroup>
          <col className="w-[24%]" />
          <col className="w-[42%]" />
          <col />
        </colgroup>
        <thead className="sr-only">
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Value</th>
            <th scope="col">Meaning</th>
          </tr>
        </thead>
        <tbody className="block border-line border-t @md:table-row-group">
          {shown.map(({ name, value, words }, at) => (
            <tr
              // biome-ignore lint/suspicious/noArrayIndexKey: a name may come twice, and the rows never move
              key={`${name} ${at}`}
              className="grid grid-cols-[8.5rem_minmax(0,1fr)] border-line border-b py-1.5 @md:table-row"
            >
              <th
                scope="row"
                className="px-2 text-left align-top font-mono font-normal text-[12.5px] wrap-anywhere @md:py-1.5"
              >
                {name}
              </th>
              <td className="px-2 align-top font-mono text-[12.5px] @md:py-1.5">
                <span className="line-clamp-3 wrap-anywhere" title={value.length > 120 ? value : undefined}>
                  {value}
                </span>
              </td>
              <td className="px-2 align-top text-[13px] text-soft @max-md:col-span-2 @md:py-1.5">{words ?? ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {left > 0 ? <p className="mt-1.5 text-[13px] text-soft">{left} more members are in the raw message.</p> : null}
    </div>
  )
}
