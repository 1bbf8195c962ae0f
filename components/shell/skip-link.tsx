/** Stands first in every page: past the header, for who comes by the keyboard. */
export function SkipLink() {
  return (
    <a
      href="#main"
      className="sr-only rounded-field bg-card font-medium focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-20 focus:px-4! focus:py-2!"
    >
      Skip to the page
    </a>
  )
}
