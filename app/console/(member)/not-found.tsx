import { linkButton } from '../../../components/ui/button.tsx'

/** A page that the Console does not have. */
export default function NotFound() {
  return (
    <section
      aria-label="No such page"
      className="rounded-card border border-line bg-card px-5 py-9 text-center shadow-lift"
    >
      <h1 className="font-semibold text-[24px] leading-8 tracking-tight">There is no page here</h1>
      <p className="mt-2 mb-6 text-soft">The address may be mistyped, or what it named is gone.</p>
      <a href="/console" className={linkButton}>
        Open the Console
      </a>
    </section>
  )
}
