/** A person and a key, in the text's colour. Decoration only. */
export function PasskeyIcon() {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      className="size-5 shrink-0"
    >
      <path d="M8 9a3.25 3.25 0 1 0 0-6.5A3.25 3.25 0 0 0 8 9Zm-6 8.25c0-3 2.5-5.25 6-5.25.9 0 1.75.15 2.5.43M15 12.25a2.25 2.25 0 1 0 0-4.5 2.25 2.25 0 0 0 0 4.5Zm0 0v5.25m0-2h1.75" />
    </svg>
  )
}
