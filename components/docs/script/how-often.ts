import type { LogList } from '#lib/contract/logs.ts'
import type { TenantAnswer } from '#lib/contract/tenant.ts'
import { rememberedKey } from '../../playground/setup/remembered-key.ts'
import { type Figures, wordsOf } from './how-often-words.ts'

const day = 24 * 60 * 60_000

/**
 * Says below an error how often it happened in a day: to the tenant of the key that the Playground keeps for this tab, else of
 * the demo key that stands in the code. What is there stays where there is no key, or no answer.
 */
export async function howOften(place: HTMLElement): Promise<void> {
  const key = rememberedKey() ?? document.querySelector<HTMLElement>('[data-demo-key]')?.dataset.demoKey
  const [words, link] = [place.querySelector('p'), place.querySelector('a')]
  if (!key || !words || !link || place.dataset.asked) return
  place.dataset.asked = 'yes'
  const figures = await figuresOf(key, place.dataset.howOften ?? '').catch(() => undefined)
  if (!figures) return
  words.replaceChildren(
    ...wordsOf(figures).map((piece) => {
      if (typeof piece === 'string') return piece
      const strong = document.createElement('b')
      strong.className = 'font-semibold'
      strong.textContent = piece.strong
      return strong
    }),
  )
  if (figures.environment === 'live') link.search += '&environment=live'
}

async function figuresOf(key: string, code: string): Promise<Figures> {
  const get = async <Answer>(path: string): Promise<Answer> => {
    const answer = await fetch(path, { headers: { authorization: `Bearer ${key}` }, credentials: 'omit' })
    if (!answer.ok) throw new Error(`${path} is answered by ${answer.status}`)
    return answer.json()
  }
  const { tenant, environment, key: its } = await get<TenantAnswer>('/v1/tenant')
  const whose = { tenant: tenant.name, environment, code }
  if (!its?.scopes.includes('usage:read')) return { ...whose, entries: undefined, isMore: false }
  const from = new Date(Date.now() - day).toISOString()
  const { data, nextCursor } = await get<LogList>(`/v1/logs?${new URLSearchParams({ code, from, limit: '100' })}`)
  return { ...whose, entries: data, isMore: nextCursor !== null }
}
