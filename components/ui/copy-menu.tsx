import { copyText } from './copy-text.ts'
import { Menu } from './menu.tsx'
import { useSaid } from './use-said.ts'

interface Props {
  /** Follows “Copy as…” in the accessible name, where several menus are there. */
  of?: string
  items: readonly { id: string; label: string; note?: string }[]
  /** What is copied in the form that is picked. */
  written: (id: string) => string
}

/** “Copy as…”: takes something along in one of several forms, and says beside it what came of that. */
export function CopyMenu({ written, ...menu }: Props) {
  const [said, say] = useSaid()
  return (
    <span className="flex items-center">
      <span aria-live="polite" className="text-[12.5px] text-ok not-empty:pr-2">
        {said}
      </span>
      <Menu
        {...menu}
        label="Copy as…"
        look="small"
        align="right"
        onPick={async (id) => say((await copyText(written(id))) ? 'Copied' : 'Not copied')}
      />
    </span>
  )
}
