import { LineIcon } from '../ui/icon.tsx'
import { indexAddress, scriptAddress } from './scripts.ts'

/** Search over all pages. The index and what searches it are loaded when it is first used. */
export function SearchField() {
  return (
    <div
      data-needs-script
      data-search
      data-script={scriptAddress('search')}
      data-index={indexAddress}
      className="relative w-full max-w-[340px] max-md:max-w-none"
    >
      <LineIcon
        d="M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM10.4 10.4l3.1 3.1"
        className="pointer-events-none absolute top-[9px] left-2.5 size-4 text-faint"
      />
      <input
        type="search"
        role="combobox"
        aria-label="Search the docs"
        aria-expanded="false"
        aria-controls="docs-found"
        aria-autocomplete="list"
        autoComplete="off"
        spellCheck={false}
        placeholder="Search the docs"
        className="h-[34px] w-full rounded-[9px] border border-line-strong bg-paper pr-14 pl-8 text-[14px] placeholder:text-faint [&::-webkit-search-cancel-button]:hidden"
      />
      <span
        aria-hidden="true"
        data-shortcut
        className="pointer-events-none absolute top-[9px] right-2 rounded-[5px] border border-line-strong bg-card px-1.25 py-0.5 font-medium font-sans text-[11.5px] text-faint leading-none max-sm:hidden"
      >
        Ctrl K
      </span>
      <div
        id="docs-found"
        role="listbox"
        aria-label="Found"
        hidden
        className="absolute inset-x-0 top-full z-20 mt-1.5 max-h-[60dvh] min-w-[min(420px,calc(100vw-32px))] overflow-y-auto rounded-xl border border-line bg-card p-1.5 shadow-lift"
      />
      <p role="status" className="sr-only" />
    </div>
  )
}
