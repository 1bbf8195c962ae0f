import { Over } from './over.tsx'

/** An interaction that is over, never was, or is another browser's. */
export function InteractionOver() {
  return (
    <Over
      title="This sign-in is no longer open"
      why="It was finished already, is older than 15 minutes, or was begun in another browser. For your safety, each one is good once, where it began."
      todo="Go back to the app and sign in again. If you were signed in already, you will not be asked twice."
    />
  )
}
