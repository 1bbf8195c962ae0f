interface ToggleProps {
  label: string
  describedBy?: string | undefined
  checked: boolean
  onToggle: (checked: boolean) => void
}

/** On or off, without a line of its own. */
export function Toggle({ label, describedBy, checked, onToggle }: ToggleProps) {
  return (
    <input
      type="checkbox"
      role="switch"
      aria-label={label}
      aria-describedby={describedBy}
      checked={checked}
      aria-checked={checked}
      onChange={(event) => onToggle(event.target.checked)}
      className="-m-1 box-content h-4 w-7 shrink-0 cursor-pointer appearance-none rounded-full border-4 border-transparent bg-faint bg-clip-padding bg-[length:16px_16px] bg-[radial-gradient(circle_at_center,var(--card)_5px,transparent_5.5px)] bg-left bg-no-repeat transition-[background-position,background-color] duration-150 checked:bg-fill checked:bg-right forced-colors:appearance-auto"
    />
  )
}
