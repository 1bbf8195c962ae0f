let draining = false

/** From here on this process is to be left alone: its health says so. */
export function beginDraining(): void {
  draining = true
}

/** Whether this process was told to stop. */
export function isDraining(): boolean {
  return draining
}
