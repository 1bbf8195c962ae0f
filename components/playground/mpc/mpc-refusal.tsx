import { Notice } from '../../ui/notice.tsx'
import type { Refusal } from './mpc-work.ts'

/** Why an operation ended without what it was for. */
export function MpcRefusal({ refusal: { reason, detail } }: { refusal: Refusal }) {
  const calm = reason === 'AbortError' || reason === 'DialogueError'
  return (
    <div className="mt-3">
      <Notice tone={calm ? 'plain' : 'bad'} title={calm ? 'It was called off' : 'It was refused'}>
        {detail} <span className="font-mono">{reason}</span>
      </Notice>
    </div>
  )
}
