/** To the page of the documentation that says more of what is missing here. */
export function DocsLink({ href, className = '' }: { href: `/docs/${string}`; className?: string }) {
  return (
    <a href={href} className={`inline-block font-medium text-[13px] text-accent hover:underline ${className}`}>
      Documentation
    </a>
  )
}
