/** Where a specification says it. */
export function OAuthSpecLink({ spec }: { spec: { name: string; url: string } }) {
  return (
    <a
      href={spec.url}
      target="_blank"
      rel="noreferrer"
      className="whitespace-nowrap text-accent underline decoration-accent/40 underline-offset-3 hover:decoration-accent"
    >
      {spec.name}
    </a>
  )
}
