import type { Work } from './mpc-work.ts'
import { workTimes } from './work-times.ts'

/** Where the time of an operation went: this device, and the servers with the way to them. Nobody's thinking is in it. */
export function MpcTime({ work }: { work: Work }) {
  const { device, elsewhere } = workTimes(work)
  const whole = device + elsewhere
  if (whole === 0) return null
  return (
    <section aria-label="Time" className="mt-3">
      <div aria-hidden="true" className="flex h-1.5 gap-0.5 overflow-hidden rounded-full">
        <span className="bg-accent" style={{ width: `${(device / whole) * 100}%` }} />
        <span className="flex-1 bg-soft" />
      </div>
      <ul className="mt-1.5 flex flex-wrap gap-x-4 text-[12.5px] text-soft tabular-nums">
        <Part colour="bg-accent" text={`Device ${Math.round(device)} ms`} />
        <Part colour="bg-soft" text={`Server and network ${Math.round(elsewhere)} ms`} />
      </ul>
    </section>
  )
}

function Part({ colour, text }: { colour: string; text: string }) {
  return (
    <li className="inline-flex items-center gap-1.5">
      <span aria-hidden="true" className={`size-2 rounded-full ${colour}`} />
      {text}
    </li>
  )
}
