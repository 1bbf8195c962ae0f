import { Button } from '../ui/button.tsx'
import { ChangeError } from './change-error.tsx'
import type { Refusal } from './explain.ts'

/** In the place of what could not be read: why, and another try. */
export function LoadError({ error, onRetry }: { error: Refusal; onRetry: () => void }) {
  return (
    <div className="space-y-3">
      <ChangeError error={error} />
      <Button look="small" onClick={onRetry}>
        Try again
      </Button>
    </div>
  )
}
