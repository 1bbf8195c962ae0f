import { Button } from '../../../ui/button.tsx'
import { copyText } from '../../../ui/copy-text.ts'
import { useSaid } from '../../../ui/use-said.ts'

/** Copies the address that has the options in it. No key is ever part of it. */
export function SheetShare({ address }: { address: () => string }) {
  const [said, say] = useSaid()
  return (
    <>
      <Button
        look="small"
        title="Copies the address with these options. No key is in it."
        onClick={async () =>
          say(
            (await copyText(address()))
              ? 'Address copied. No key is in it.'
              : 'The browser does not let this page copy.',
          )
        }
      >
        Share<span className="sr-only"> options</span>
      </Button>
      <span
        aria-live="polite"
        className={
          said
            ? 'absolute top-13 right-5 z-1 rounded-lg border border-line bg-card px-3 py-1.5 text-[13px] shadow-lift'
            : 'sr-only'
        }
      >
        {said}
      </span>
    </>
  )
}
