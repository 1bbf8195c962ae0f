import { errors } from '#lib/contract/errors.ts'
import { contents } from './contents.ts'

/** All pages, beside the text. */
export function Contents({ path }: { path: string }) {
  return (
    <nav
      aria-label="Contents"
      className="sticky top-6 max-h-[calc(100dvh-48px)] self-start overflow-y-auto p-px text-[14px] max-lg:hidden"
    >
      <Groups path={path} />
    </nav>
  )
}

/** The same where there is no room beside it: one line above the text, which opens without a script. */
export function ContentsFolded({ path }: { path: string }) {
  return (
    <details className="rounded-field border border-line bg-card lg:hidden">
      <summary className="cursor-pointer px-4 py-2.5 font-medium text-[14px]">All pages</summary>
      <nav aria-label="Contents" className="border-line border-t p-3 text-[14px]">
        <Groups path={path} />
      </nav>
    </details>
  )
}

function Groups({ path }: { path: string }) {
  return contents.map(({ title, pages }) => (
    <div key={title ?? ''} className="not-first:pt-3">
      {title ? <p className="px-2.5 pb-1 font-semibold text-[12px] text-faint">{title}</p> : null}
      <ul>
        {pages.map((page) => (
          <li key={page.path}>
            <a
              href={`/docs/${page.path}`}
              aria-current={page.path === path ? 'page' : undefined}
              className="block rounded-lg px-2.5 py-[4.5px] font-medium text-soft hover:text-ink aria-[current=page]:bg-card aria-[current=page]:text-ink aria-[current=page]:ring aria-[current=page]:ring-line"
            >
              {page.title}
            </a>
            {page.path === 'errors' && path === 'errors' ? <Codes /> : null}
          </li>
        ))}
      </ul>
    </div>
  ))
}

/** Every error by its code; a script marks the one that is shown. */
function Codes() {
  return (
    <ul data-codes className="py-1">
      {Object.keys(errors)
        .sort()
        .map((code) => (
          <li key={code}>
            <a
              href={`#${code}`}
              className="block rounded-lg px-2.5 py-[3.5px] pl-5 font-mono text-[12.5px] text-soft hover:text-ink aria-[current=location]:bg-card aria-[current=location]:text-ink aria-[current=location]:ring aria-[current=location]:ring-line"
            >
              {code}
            </a>
          </li>
        ))}
    </ul>
  )
}
