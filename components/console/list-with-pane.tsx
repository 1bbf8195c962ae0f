import { type ComponentProps, type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'

// One of these stands on a page.
const paneId = 'opened'
const lines = '[data-line]'

interface Props {
  /** The id of the line that is open. */
  opened: string | undefined
  /** What a line is: “request”. */
  thing: string
  /** Its lines are `ListLine`s in a `ListLines`. */
  list: ReactNode
  /** The open one, whole. */
  pane: ReactNode
  onClose: () => void
}

/** A list, and what is open of it beside it; in its place where there is one column. */
export function ListWithPane({ opened, thing, list, pane, onClose }: Props) {
  function close() {
    onClose()
    setTimeout(() => document.querySelector<HTMLElement>(`[data-line="${opened}"]`)?.focus())
  }

  return (
    <div className={`grid ${opened ? 'lg:grid-cols-[minmax(0,1.7fr)_minmax(0,1fr)]' : ''}`}>
      <div className={`@container min-w-0 ${opened ? 'max-lg:hidden' : ''}`}>{list}</div>
      {opened ? (
        <section
          id={paneId}
          aria-label={thing.charAt(0).toUpperCase() + thing.slice(1)}
          className="relative min-w-0 border-line lg:border-l"
        >
          <Pane key={opened}>
            <div className="mb-2 lg:absolute lg:top-5 lg:right-5 lg:mb-0">
              <Button look="small" onClick={close} className="lg:h-[30px]">
                <Icon name="cross" className="size-3.5 max-lg:hidden" />
                <span className="lg:sr-only">Close the {thing}</span>
              </Button>
            </div>
            {pane}
          </Pane>
        </section>
      ) : null}
    </div>
  )
}

function Pane({ children }: { children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null)
  // Who opened it from the list beside it stays there; anybody else is brought here, where it may be out of sight.
  useEffect(() => {
    const beside = matchMedia('(width >= 64rem)').matches && document.activeElement?.matches(lines)
    if (!beside) place.current?.focus()
  }, [])
  return (
    <div
      ref={place}
      tabIndex={-1}
      className="p-4 outline-none sm:p-5 lg:sticky lg:top-0 lg:max-h-dvh lg:overflow-y-auto"
    >
      {children}
    </div>
  )
}

/** The lines. Tab, or the arrows, Home and End, move between them; Enter opens one. */
export function ListLines({ label, children }: { label: string; children: ReactNode }) {
  const list = useRef<HTMLUListElement>(null)

  function move(event: KeyboardEvent) {
    const all = [...(list.current?.querySelectorAll<HTMLElement>(lines) ?? [])]
    const at = all.indexOf(document.activeElement as HTMLElement)
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key]
    const next = to === undefined ? undefined : all[to]
    if (!next) return
    event.preventDefault()
    next.focus()
  }

  return (
    <ul ref={list} aria-label={label} onKeyDown={move} className="divide-y divide-line">
      {children}
    </ul>
  )
}

interface LineProps extends Pick<ComponentProps<'button'>, 'children' | 'className' | 'onClick'> {
  id: string
  open: boolean
}

/** One of them, which opens it and closes it again. */
export function ListLine({ id, open, className = '', ...props }: LineProps) {
  return (
    <li>
      <button
        type="button"
        data-line={id}
        aria-expanded={open}
        aria-controls={open ? paneId : undefined}
        className={`grid w-full cursor-pointer items-center gap-x-3 gap-y-0.5 px-4 text-left text-[13px] leading-5 transition-colors hover:bg-sunk/60 focus-visible:-outline-offset-2 aria-expanded:bg-accent-wash aria-expanded:shadow-[inset_3px_0_var(--accent)] sm:px-5 ${className}`}
        {...props}
      />
    </li>
  )
}
