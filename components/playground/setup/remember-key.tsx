import { Checkbox } from '../../ui/checkbox.tsx'

interface RememberKeyProps {
  checked: boolean
  onChange: (checked: boolean) => void
}

/** Whether the key may outlive a reload of this tab. Off, nothing secret does. */
export function RememberKey({ checked, onChange }: RememberKeyProps) {
  return (
    <Checkbox
      label={<span className="text-[13px] text-soft">Remember in this tab</span>}
      checked={checked}
      onToggle={onChange}
      className="gap-2! py-0.5"
    />
  )
}
