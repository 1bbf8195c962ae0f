const name = 'playground.shortcuts'

/** Whether single keys are shortcuts in this tab: on until a person turns them off. */
export function shortcutsOn(): boolean {
  try {
    return sessionStorage.getItem(name) !== 'off'
  } catch {
    return true
  }
}

/** Turns them on or off for this tab. */
export function turnShortcuts(on: boolean): void {
  try {
    if (on) sessionStorage.removeItem(name)
    else sessionStorage.setItem(name, 'off')
  } catch {
    // They stay as they were.
  }
}
