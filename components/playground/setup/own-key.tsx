/** Where keys come from. */
export function OwnKey() {
  return (
    <p className="mt-0.5 text-[13px] text-soft">
      For your own tenant,{' '}
      <a
        href="/console/keys"
        className="font-medium text-accent underline decoration-accent/40 underline-offset-4 hover:decoration-current"
      >
        create a key
      </a>{' '}
      in the Console.
    </p>
  )
}
