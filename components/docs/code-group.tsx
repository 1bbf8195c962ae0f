import { Children, isValidElement, type ReactElement, type ReactNode, useId } from 'react'
import { Icon, LineIcon } from '../ui/icon.tsx'
import { useFill } from './filled.tsx'

type Fence = ReactElement<{
  children?: ReactNode
  'data-language': string
  'data-label': string
  'data-output'?: string
}>

/** Code in one or several languages, one of which is shown, each with what it prints below it. */
export function CodeGroup({ children }: { children?: ReactNode }) {
  const name = useId()
  const fill = useFill()
  const fences = Children.toArray(children).filter((child) => isValidElement(child)) as Fence[]
  const tabs: { code: Fence; output: Fence | undefined }[] = []
  for (const fence of fences) {
    const last = tabs.at(-1)
    if (fence.props['data-output'] && last) last.output = fence
    else tabs.push({ code: fence, output: undefined })
  }
  return (
    <div className="code-group mt-3 overflow-hidden rounded-xl border border-line bg-card">
      <div className="flex items-center gap-0.5 border-line border-b py-1 pr-1.5 pl-2">
        {tabs.length > 1 ? (
          <div role="radiogroup" aria-label="Language" className="flex gap-0.5">
            {tabs.map(({ code }, at) => (
              <label
                key={code.props['data-label']}
                className="relative cursor-pointer rounded-md px-2.25 py-1 font-medium text-[13px] text-soft hover:text-ink has-checked:bg-sunk has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-accent"
              >
                <input
                  type="radio"
                  name={name}
                  value={code.props['data-label']}
                  defaultChecked={at === 0}
                  className="absolute inset-0 cursor-pointer appearance-none rounded-md focus-visible:outline-none"
                />
                {code.props['data-label']}
              </label>
            ))}
          </div>
        ) : (
          <span className="px-2.25 py-1 font-medium text-[13px] text-soft">{tabs[0]?.code.props['data-label']}</span>
        )}
        <CopyCode />
      </div>
      {tabs.map(({ code, output }) => (
        <div key={code.props['data-label']} data-panel={code.props['data-label']}>
          <Lines data-code>{fill(code.props.children)}</Lines>
          {output ? (
            <div className="border-line border-t bg-sunk/60">
              <p className="-mb-1 px-4 pt-2 text-[12.5px] text-faint">It prints</p>
              <Lines>{fill(output.props.children)}</Lines>
            </div>
          ) : null}
          <p className="flex items-center gap-1.5 border-line border-t px-3.5 py-1.5 text-[12.5px] text-faint">
            <Icon name="check" className="size-4 text-ok" />
            {isCompiled(code) ? 'Read by its compiler in a test of this version' : 'Run by a test against this version'}
          </p>
        </div>
      ))}
    </div>
  )
}

/** Whether a test only has it read: what it needs of others is not on every machine. */
function isCompiled({ props }: Fence): boolean {
  return /^(?:go|java)$/.test(props['data-language'])
}

function Lines({ children, ...rest }: { children: ReactNode; 'data-code'?: boolean }) {
  return (
    <pre
      {...rest}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
      tabIndex={0}
      className="overflow-x-auto px-4 py-3 font-mono text-[13px] leading-[1.65] focus-visible:-outline-offset-2"
    >
      {children}
    </pre>
  )
}

function CopyCode() {
  return (
    <button
      type="button"
      data-needs-script
      data-copy
      className="ml-auto inline-flex cursor-pointer items-center gap-1.5 rounded-lg px-2.5 py-1 font-medium text-[13px] hover:bg-sunk"
    >
      <LineIcon d="M5.5 5.5h7v7h-7zM3.5 10.5v-7h7" className="size-3.5" />
      <span aria-live="polite">Copy</span>
    </button>
  )
}
