import { Icon } from '../../ui/icon.tsx'

interface RememberKeyProps {
  checked: boolean
  onChange: (checked: boolean) => void
}

/** Whether the key may outlive a reload of this tab. Off, nothing secret does. */
export function RememberKey({ checked, onChange }: RememberKeyProps) {
  return (
    <label className="flex cursor-pointer items-center gap-2 py-1 text-[13px] text-soft hover:text-ink">
      <span className="relative grid size-4 place-items-center">
        <input
          type="checkbox"
          checked={checked}
          onChange={(event) => onChange(event.target.checked)}
          className="peer absolute inset-0 cursor-pointer appearance-none rounded-[5px] border border-line-strong bg-card transition-colors checked:border-accent checked:bg-accent"
        />
        <Icon
          name="check"
          className="pointer-events-none relative size-3 stroke-[2.5] text-accent-ink opacity-0 peer-checked:opacity-100"
        />
      </span>
      Remember in this tab
    </label>
  )
}
