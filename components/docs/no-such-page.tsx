/** The address is of no page; the contents are beside it. */
export function NoSuchPage() {
  return (
    <>
      <h1 className="font-semibold text-[32px] leading-tight tracking-tight">There is no page here</h1>
      <p className="mt-2 text-soft">The address may be mistyped. Every page is in the contents.</p>
    </>
  )
}
