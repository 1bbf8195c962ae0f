// The Next bundle and the entry point are separate module graphs of one process: whichever of them sends is woken.
const shared = globalThis as { playgroundWakeSender?: (() => void) | undefined }

/** Tells the sender of this process, where there is one, that something is to be sent. */
export function wakeSender(): void {
  shared.playgroundWakeSender?.()
}

/** From now on `wake` is called when there is something to send; undefined: nobody sends here. */
export function onWake(wake: (() => void) | undefined): void {
  shared.playgroundWakeSender = wake
}
