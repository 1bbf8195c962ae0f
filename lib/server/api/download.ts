import type { Context } from 'hono'

/** A file to take home; one that is made piece by piece is sent so, no faster than it is taken. */
export function download(c: Context, name: string, content: string | AsyncGenerator<string>) {
  return c.body(typeof content === 'string' ? content : streamOf(content), 200, {
    'Content-Type': name.endsWith('.csv') ? 'text/csv; charset=utf-8; header=present' : 'application/json',
    'Content-Disposition': `attachment; filename="${name}"`,
  })
}

function streamOf(pieces: AsyncGenerator<string>): ReadableStream<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    pull: async (controller) => {
      const { done, value } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    cancel: async () => void (await pieces.return(undefined)),
  })
}
