import { durationText } from '../playground/ceremony/ceremony-lanes.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { StepDot, type StepState } from '../ui/step-dot.tsx'
import type { Flow, FlowClient, StepId, StepRun } from './oauth-flow.ts'
import { OAuthSpecLink } from './oauth-spec-link.tsx'
import { OAuthStepBody } from './oauth-step-body.tsx'
import { stepWords } from './oauth-words.ts'

interface Props {
  id: StepId
  number: number
  flow: Flow | undefined
  /** It is the one to do now. */
  next: boolean
  open: boolean
  baseUrl: string
  client: FlowClient
  onToggle: () => void
  /** Absent: its button stands elsewhere. */
  onPerform: (() => void) | undefined
  onCancel: () => void
}

/** One step: what it is for, its button, and once it was taken, everything that passed. */
export function OAuthStep(props: Props) {
  const { id, number, flow, next, open, onToggle, onPerform } = props
  const { title, button, about, spec } = stepWords[id]
  const run = flow?.steps[id]
  const missing = flow?.missing?.step === id ? flow.missing.words : undefined
  const panel = `oauth-step-${id}`
  return (
    <li aria-current={next ? 'step' : undefined} className="scroll-mt-4 border-line not-last:border-b">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 py-2.5">
        <StepDot number={number} state={stateOf(run, next)} />
        <h3 className="min-w-0 flex-1 font-semibold text-[15px]">
          <button
            type="button"
            aria-expanded={open}
            aria-controls={panel}
            onClick={onToggle}
            className="flex cursor-pointer flex-wrap items-center gap-x-2 text-left hover:text-accent"
          >
            {title}
            <Icon name="chevron" className={`size-3.5 text-faint transition-transform ${open ? 'rotate-180' : ''}`} />
            <span className="font-normal text-[13px] text-soft">{noteOf(run)}</span>
          </button>
        </h3>
        {onPerform ? (
          <Button look={next ? 'primary' : 'small'} className={next ? 'max-sm:w-full' : ''} onClick={onPerform}>
            {button}
          </Button>
        ) : null}
      </div>
      {missing ? <p className="pb-3 text-[13px] text-warn sm:pl-8.5">{missing}</p> : null}
      <div id={panel} hidden={!open} className="pb-4 sm:pl-8.5">
        {open ? (
          <div className="space-y-4">
            <p className="max-w-[72ch] text-[14px] text-soft">
              {about} <OAuthSpecLink spec={spec} />
            </p>
            {flow && run ? <OAuthStepBody {...props} flow={flow} run={run} /> : null}
          </div>
        ) : null}
      </div>
    </li>
  )
}

function stateOf(run: StepRun | undefined, next: boolean): StepState {
  if (run?.status === 'done' || (run?.status === 'failed' && !run.failure?.calm)) return run.status
  return next ? 'now' : 'todo'
}

function noteOf(run: StepRun | undefined): string {
  if (!run) return ''
  if (run.status === 'working') return 'under way'
  if (run.failure) return run.failure.what.toLowerCase()
  const { length } = run.messages
  return `${length} ${length === 1 ? 'message' : 'messages'}, ${durationText(run.took ?? 0)}`
}
