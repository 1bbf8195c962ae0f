import type { MDXComponents } from 'mdx/types'
import { CodeGroup } from './code-group.tsx'
import { Entry } from './entry.tsx'
import { Needs } from './needs.tsx'
import { OnThisPage } from './on-this-page.tsx'
import { YourKey } from './your-key.tsx'

/** What Markdown looks like here, and what pages may use besides: `<YourKey />`, `<Needs scopes="…" />`. */
export const elements: MDXComponents = {
  h1: (props) => <h1 {...props} className="mt-1 font-semibold text-[32px] leading-[1.15] tracking-[-.03em]" />,
  h2: (props) => (
    <h2 {...props} className="mt-7 scroll-mt-4 font-semibold text-[20px] leading-snug tracking-[-.02em]" />
  ),
  h3: (props) => <h3 {...props} className="mt-5 scroll-mt-4 font-semibold text-[16px] tracking-[-.01em]" />,
  p: (props) => (
    <p
      {...props}
      className="mt-2 leading-[1.6] [.code-group+&]:mt-3.5 [h1+&]:text-[17px] [h1+&]:text-soft [h1+&]:leading-normal [li>&:first-child]:mt-0"
    />
  ),
  a: ({ children, ...props }) => (
    <a {...props} className="text-accent underline decoration-accent/40 underline-offset-3 hover:decoration-accent">
      {children}
    </a>
  ),
  code: (props) => <code {...props} className="wrap-break-word rounded-sm bg-sunk px-1 py-px font-mono text-[.92em]" />,
  ul: (props) => (
    <ul {...props} className="mt-2 grid grid-cols-1 list-disc gap-1.5 pl-5 leading-[1.6] marker:text-faint" />
  ),
  ol: (props) => (
    <ol {...props} className="mt-2 grid grid-cols-1 list-decimal gap-1.5 pl-5 leading-[1.6] marker:text-faint" />
  ),
  table: (props) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <div className="mt-3 overflow-x-auto" tabIndex={0}>
      <table {...props} className="w-full border-collapse text-[14px]" />
    </div>
  ),
  // A corner without words is the head of nothing.
  th: ({ children, ...props }) => {
    const look = 'border-line border-b py-2 pr-4 text-left font-medium text-[12.5px] text-faint'
    return children ? (
      <th {...props} className={look}>
        {children}
      </th>
    ) : (
      <td className={look} />
    )
  },
  td: (props) => <td {...props} className="border-line border-b py-2 pr-4 align-top" />,
  figure: ({ children }) => <CodeGroup>{children}</CodeGroup>,
  aside: ({ children }) => <OnThisPage>{children}</OnThisPage>,
  Entry,
  YourKey,
  Needs,
}
