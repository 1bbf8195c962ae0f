import { Button } from '../ui/button.tsx'

/** Something broke while a page was drawn: says so, and offers another try. */
export function NotDrawn({ error, again }: { error: Error & { digest?: string }; again: () => void }) {
  return (
    <main id="main" className="grid flex-1 place-items-center p-6 text-center">
      <div>
        <h1 className="font-semibold text-[28px] leading-tight tracking-tight">This page could not be drawn</h1>
        <p className="mt-2 mb-6 max-w-[52ch] text-soft">
          Nothing that you did is lost on the server. Try again; if it stays, the server’s log has the reason
          {error.digest ? (
            <>
              {' '}
              under <code className="font-mono text-[13px]">{error.digest}</code>
            </>
          ) : null}
          .
        </p>
        <Button onClick={again}>Try again</Button>
      </div>
    </main>
  )
}
