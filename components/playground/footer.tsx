import { BrowserCapabilities } from './browser-capabilities.tsx'

/** What the server speaks, and what this browser can do. */
export function Footer({ algorithms }: { algorithms: number }) {
  return (
    <footer className="mx-auto flex max-w-[1400px] flex-wrap justify-between gap-x-8 gap-y-1 px-4 pt-2 pb-8 text-[12.5px] text-faint lg:px-6">
      <p>
        WebAuthn Level 3, {algorithms} signature algorithms. Tokens are JWTs signed with ES256. Keys and tokens stay in
        this tab.
      </p>
      <BrowserCapabilities />
    </footer>
  )
}
