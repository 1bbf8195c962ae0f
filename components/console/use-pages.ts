import { useRef, useState } from 'react'
import type { Refusal } from './explain.ts'
import { useChange } from './use-change.ts'
import { useData } from './use-data.ts'

interface Page<Item> {
  data: Item[]
  nextCursor: string | null
}

export interface Pages<Item, Answer> {
  /** What was read so far; that of the filter before while this one's is on its way. */
  items: Item[] | undefined
  /** The first page as it was answered. */
  first: Answer | undefined
  /** Reads what is behind these; undefined when there is nothing, or it is not known yet. */
  more: (() => void) | undefined
  error: Refusal | undefined
  /** Reads the filter's first page again. */
  again: () => Promise<void>
  /** The filter's first page is being read. */
  loading: boolean
  /** Further pages are being read. */
  reading: boolean
}

interface Read<Item, Answer> {
  asked: string
  first: Answer
  items: Item[]
  cursor: string | null
}

/**
 * A long list through a filter, page after page: `load` reads the first one, or the one behind a cursor. With `every`, the
 * first one is read again each so many milliseconds, as long as it is the only one; under a name to `keep` it is there for who
 * comes back.
 */
export function usePages<Item, Answer extends Page<Item>>(
  filter: object,
  load: (cursor?: string) => Promise<Answer>,
  { every, keep }: { every?: number; keep?: string } = {},
): Pages<Item, Answer> {
  const asked = JSON.stringify(filter)
  const [further, add] = useState<Read<Item, Answer>>()
  const current = useRef(asked)
  current.current = asked
  const { run, busy, error: refused } = useChange()

  const first = useData<Read<Item, Answer>>(
    async () => {
      const answer = await load()
      return { asked, first: answer, items: answer.data, cursor: answer.nextCursor }
    },
    [asked],
    { ...(every && further?.asked !== asked ? { every } : {}), ...(keep === undefined ? {} : { keep }) },
  )

  const fresh = first.data?.asked === asked
  const pages = further?.asked === asked && fresh ? further : first.data
  const cursor = fresh ? pages?.cursor : undefined

  function more(): void {
    if (!pages || !cursor) return
    void run(async () => {
      const { data, nextCursor } = await load(cursor)
      if (current.current === asked) add({ ...pages, items: [...pages.items, ...data], cursor: nextCursor })
    })
  }

  const shown = fresh || !first.error ? pages : undefined
  return {
    items: shown?.items,
    first: shown?.first,
    more: cursor ? more : undefined,
    error: first.error ?? refused,
    again: first.reload,
    loading: first.loading,
    reading: busy,
  }
}
