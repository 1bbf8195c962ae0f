import { StepDot, type StepState } from './step-dot.tsx'

export interface Step {
  title: string
  /** What came of it, or what it will bring; of a failed one, why. Where there is no room it is read out only. */
  note: string
  state: StepState
  /** The number of the run that brought it there. */
  run?: number | undefined
}

const said: Record<StepState, string> = { todo: '', now: '', done: ', done', failed: ', failed' }

/** A strip of steps, which is also the progress: the first that is not done is the current one. One that a run made leads to it. */
export function Steps({ steps, onRun }: { steps: readonly Step[]; onRun?: (run: number) => void }) {
  const current = steps.findIndex(({ state }) => state !== 'done')
  return (
    <ol
      aria-label="Steps"
      className="@container grid auto-cols-[minmax(0,1fr)] grid-flow-col max-sm:auto-cols-auto rounded-card border border-line bg-card shadow-lift"
    >
      {steps.map(({ title, note, state, run }, index) => (
        <li
          key={title}
          aria-current={index === current ? 'step' : undefined}
          className="relative grid min-w-0 content-start grid-cols-1 justify-items-center gap-x-2.5 gap-y-1 border-line px-0 py-2.5 @2xl:grid-cols-[22px_minmax(0,1fr)] @2xl:justify-items-start @2xl:gap-y-0 @2xl:border-r @2xl:px-3 @2xl:py-3.5 @4xl:px-4 @2xl:last:border-r-0"
        >
          <StepDot number={index + 1} state={state} />
          <span className="max-w-full truncate font-semibold text-[11px] tracking-tight min-[400px]:text-[12px] @2xl:text-[14px] @2xl:tracking-normal">
            {title}
            <span className="sr-only">{said[state]}</span>
          </span>
          <span
            className={`max-w-full text-pretty text-[12.5px] leading-[1.35] wrap-anywhere @max-2xl:sr-only @2xl:col-start-2 @2xl:line-clamp-2 ${state === 'failed' ? 'text-bad' : 'text-faint'}`}
            title={note}
          >
            {note}
          </span>
          {run !== undefined && onRun ? (
            <button
              type="button"
              aria-label={`Go to run ${run}`}
              onClick={() => onRun(run)}
              className="absolute inset-0 cursor-pointer rounded-card hover:bg-ink/4 focus-visible:-outline-offset-2"
            />
          ) : null}
        </li>
      ))}
    </ol>
  )
}
