import { Frame } from './frame.tsx'

/** A page whose question is answered or too old, or never was: what it says happened, why, and what to do. */
export function Over({ title, why, todo }: { title: string; why: string; todo: string }) {
  return (
    <Frame
      tenant={null}
      foot={
        <a href="/account#apps" className="underline underline-offset-4 hover:text-ink">
          See the apps that you let in
        </a>
      }
    >
      <h1 className="text-balance font-semibold text-[24px] leading-tight tracking-tight">{title}</h1>
      <p className="mt-2.5 text-pretty text-soft">{why}</p>
      <p className="mt-4 text-pretty">
        <span className="font-semibold">What to do: </span>
        {todo}
      </p>
    </Frame>
  )
}
