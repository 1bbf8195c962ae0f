/** The most characters of an answer: options and verdicts have some thousand. */
const most = 1_000_000

/** An answer that goes on and on, in words that go on from the URL. */
export class AnswerTooLong extends Error {
  override readonly message = `answers with more than ${most.toLocaleString('en')} characters`
}

/**
 * What an answer says. It may be without an end: no more is read than can be one.
 *
 * @throws AnswerTooLong
 */
export async function answerText(response: Response): Promise<string> {
  const reader = response.body?.getReader()
  if (!reader) return ''
  const decoder = new TextDecoder()
  let text = ''
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += decoder.decode(part.value, { stream: true })
    if (text.length <= most) continue
    // Nobody waits for whoever does not end.
    reader.cancel().catch(() => undefined)
    throw new AnswerTooLong()
  }
  return text + decoder.decode()
}
