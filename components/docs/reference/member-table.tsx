import type { Member } from './members.ts'

/** Members in lines: name, kind, what bounds it. */
export function MemberTable({ title, members }: { title?: string; members: readonly Member[] }) {
  return (
    <div className="mt-2.5">
      {title ? <p className="font-semibold text-[13px]">{title}</p> : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <div className="max-h-96 overflow-auto" tabIndex={0}>
        <table className="members">
          <tbody>
            {members.map(({ path, kind, limits, isRequired, description }) => (
              <tr key={path}>
                <th scope="row">
                  {path}
                  {isRequired ? <b>required</b> : null}
                </th>
                <td>{kind}</td>
                <td>{[limits, description.replaceAll('`', '')].filter(Boolean).join('. ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}
