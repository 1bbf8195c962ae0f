import { Icon } from '../../ui/icon.tsx'
import { answerWords, verdictWords } from './verdict-words.ts'

interface Props {
  title: string
  result: Parameters<typeof answerWords>[0] & { verdict: keyof typeof verdictWords; reason?: string | undefined }
}

/** What became of a fault, in one line, and why where it could not be tried. */
export function VerdictBanner({ title, result }: Props) {
  const { icon, ink, wash } = verdictWords[result.verdict]
  return (
    <>
      <div className={`mt-2 flex flex-wrap items-baseline gap-x-4 gap-y-1 rounded-xl px-3.5 py-2.5 ${wash}`}>
        <p className={`flex min-w-0 flex-1 basis-52 items-center gap-2 font-semibold ${ink}`}>
          <Icon name={icon} className="size-4" />
          {title}
        </p>
        <p className="font-mono text-[12.5px] text-soft">{answerWords(result)}</p>
      </div>
      {result.reason ? <p className="mt-2 text-[13.5px] text-soft wrap-anywhere">{result.reason}</p> : null}
    </>
  )
}
