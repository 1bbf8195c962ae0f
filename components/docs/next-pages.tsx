import type { Page } from './contents.ts'

const look = 'rounded-xl border border-line bg-card px-4 py-3 font-semibold hover:border-line-strong'

/** The way on, and the way back. */
export function NextPages({ before, after }: { before: Page | undefined; after: Page | undefined }) {
  return (
    <nav aria-label="Next pages" className="mt-8 grid grid-cols-2 gap-3">
      {before ? (
        <a href={`/docs/${before.path}`} className={look}>
          <span className="block font-normal text-[13px] text-faint">Before</span>
          {before.title}
        </a>
      ) : (
        <a href="/playground" className={look}>
          <span className="block font-normal text-[13px] text-faint">Try it without code</span>
          Playground
        </a>
      )}
      {after ? (
        <a href={`/docs/${after.path}`} className={`${look} text-right`}>
          <span className="block font-normal text-[13px] text-faint">Next</span>
          {after.title}
        </a>
      ) : null}
    </nav>
  )
}
