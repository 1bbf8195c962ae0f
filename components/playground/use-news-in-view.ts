import { type RefObject, useEffect } from 'react'
import type { Run } from './run.ts'

/** Brings the story into view on a phone: when the wait for a person begins, with its Cancel, and when there is a result. */
export function useNewsInView(story: RefObject<HTMLElement | null>, run: Run | undefined) {
  const asking = run?.status === 'working' && run.waitingFor === 'authenticator'
  const news = run && (asking || run.status !== 'working') ? `${run.startedAt} ${run.status}` : undefined
  useEffect(() => {
    if (!news || matchMedia('(min-width: 64rem)').matches) return
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
    story.current?.scrollIntoView({ behavior: calm ? 'auto' : 'smooth', block: 'start' })
  }, [news, story])
}
