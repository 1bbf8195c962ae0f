import { Frame } from './frame.tsx'

/** An interaction that is over, never was, or is another browser's. */
export function Over() {
  return (
    <Frame
      tenant={null}
      foot={
        <a href="/account/grants" className="underline underline-offset-4 hover:text-ink">
          See the apps that you let in
        </a>
      }
    >
      <h1 className="text-balance font-semibold text-[24px] leading-tight tracking-tight">
        This sign-in is no longer open
      </h1>
      <p className="mt-2.5 text-pretty text-soft">
        It was finished already, is older than 15 minutes, or was begun in another browser. For your safety, each one is
        good once, where it began.
      </p>
      <p className="mt-4 text-pretty">
        <span className="font-semibold">What to do: </span>Go back to the app and sign in again. If you were signed in
        already, you will not be asked twice.
      </p>
    </Frame>
  )
}
