import { BrowserButton } from './browser/browser-button.tsx'

/** What the server speaks, and the way to what this browser can do. */
export function Footer({ algorithms }: { algorithms: number }) {
  return (
    <footer
      data-under-sheet
      className="mx-auto flex max-w-[1400px] flex-wrap items-baseline justify-between gap-x-8 gap-y-1 px-4 pt-2 pb-8 text-[12.5px] text-faint lg:px-6"
    >
      <p>
        WebAuthn Level 3, {algorithms} signature algorithms. Tokens are JWTs signed with ES256. Keys and tokens stay in
        this tab.
      </p>
      <p className="flex gap-x-5">
        <a
          href="/docs"
          className="rounded-md py-1 font-medium text-[13px] text-accent leading-5 underline-offset-3 hover:underline"
        >
          Documentation
        </a>
        <a
          href="/playground/decode"
          className="rounded-md py-1 font-medium text-[13px] text-accent leading-5 underline-offset-3 hover:underline"
        >
          Decoder
        </a>
        <BrowserButton />
      </p>
    </footer>
  )
}
