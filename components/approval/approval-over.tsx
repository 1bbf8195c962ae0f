import { Over } from '../interaction/over.tsx'

/** An approval that was answered, is too old, or never was. */
export function ApprovalOver() {
  return (
    <Over
      title="This approval is no longer open"
      why="It was answered already, or is older than ten minutes. For your safety, each one is good for one answer."
      todo="Go back to the app. If you did not answer and still want what it asked for, begin it there again."
    />
  )
}
