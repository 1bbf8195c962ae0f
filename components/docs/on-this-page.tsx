import { Children, isValidElement, type ReactNode } from 'react'

/** The headings of the page, right of the text where there is room. */
export function OnThisPage({ children }: { children?: ReactNode }) {
  const links = Children.toArray(children).filter((child) =>
    isValidElement<{ href: string; children: ReactNode }>(child),
  )
  return (
    <nav aria-label="On this page" data-on-page className="absolute inset-y-6 right-6 w-53 max-xl:hidden">
      <div className="sticky top-6">
        <p className="pb-1.5 pl-3.5 font-semibold text-[12px] text-faint">On this page</p>
        <ul>
          {links.map(({ props }) => (
            <li key={props.href}>
              <a
                href={props.href}
                className="block border-line border-l py-1 pl-3.5 text-[13.5px] text-soft hover:text-ink aria-[current=location]:border-ink aria-[current=location]:border-l-2 aria-[current=location]:pl-3.25 aria-[current=location]:font-medium aria-[current=location]:text-ink"
              >
                {props.children}
              </a>
            </li>
          ))}
        </ul>
        <p className="mt-5 rounded-xl border border-line bg-card px-3.5 py-3 text-[13px] text-soft">
          <b className="font-semibold text-ink">Every block runs.</b> A test executes each snippet against a running
          server before a version is handed out. Go and Java are only read, by gofmt and javac.
        </p>
      </div>
    </nav>
  )
}
