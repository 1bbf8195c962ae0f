import { Frame } from '../interaction/frame.tsx'

/** An approval that was answered, is too old, or never was. */
export function ApprovalOver() {
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
        This approval is no longer open
      </h1>
      <p className="mt-2.5 text-pretty text-soft">
        It was answered already, or is older than ten minutes. For your safety, each one is good for one answer.
      </p>
      <p className="mt-4 text-pretty">
        <span className="font-semibold">What to do: </span>Go back to the app. If you did not answer and still want what
        it asked for, begin it there again.
      </p>
    </Frame>
  )
}
