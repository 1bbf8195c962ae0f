import { useNow } from '../../ui/use-now.ts'
import { seconds } from '../seconds.ts'
import { MpcMessageLine } from './mpc-message-line.tsx'
import { calledOff, type Work } from './mpc-work.ts'
import { elsewhere, linesOf } from './round-lines.ts'
import { workTimes } from './work-times.ts'

interface Props {
  work: Work
  username: string
}

/** The columns under the three parties. */
export const columns =
  'bg-[linear-gradient(var(--line-strong),var(--line-strong)),linear-gradient(var(--line-strong),var(--line-strong)),linear-gradient(var(--line-strong),var(--line-strong))] bg-[length:1px_100%] bg-[position:16.666%_0,50%_0,83.333%_0] bg-no-repeat'

/**
 * Every message in its round, between the columns of who sent and who got it: those that passed, the one that is waited for,
 * and greyed those to come. Dashed: it never leaves this page.
 */
export function MpcRounds({ work, username }: Props) {
  return (
    <section aria-label="Messages" className={`${columns} py-1`}>
      {linesOf(work, username).map(({ title, note, later, lines }) => (
        <div key={title}>
          <Heading title={title} note={note} later={later} />
          <ol>
            {lines.map((line) => (
              <MpcMessageLine key={line.id} line={line} />
            ))}
          </ol>
        </div>
      ))}
      {work.took === undefined ? (
        <Waiting since={work.startedAt} />
      ) : (
        <Heading title={titleOf(work)} note={noteOf(work, work.took)} />
      )}
    </section>
  )
}

function Heading({ title, note, later = false }: { title: string; note: string; later?: boolean }) {
  return (
    <p className="flex flex-wrap items-center justify-between gap-x-2 pt-2 pb-0.5 text-[12.5px]">
      <b className={`bg-card pr-2 font-semibold ${later ? 'text-faint' : ''}`}>{title}</b>
      <span className="bg-card text-faint sm:pl-2">{note}</span>
    </p>
  )
}

function titleOf({ kind, refusal }: Work): string {
  if (refusal) return calledOff(refusal) ? 'Called off' : 'Refused'
  return kind === 'sign' ? 'Put together in this browser' : 'Done'
}

function noteOf(work: Work, took: number): string {
  const sent = work.rounds.filter(elsewhere)
  const bytes = sent.reduce((sum, round) => sum + round.bytes, 0)
  const { person } = workTimes(work)
  const time = person > 0 ? `${exact(took - person)} without you, ${exact(took)} with` : exact(took)
  return `${time} · ${sent.length} messages · ${bytes < 1000 ? `${bytes} B` : `${(bytes / 1000).toFixed(1)} kB`}`
}

/** Hundredths of a second where a tenth says too little. */
function exact(milliseconds: number): string {
  return milliseconds < 1000 ? `${(Math.max(0, milliseconds) / 1000).toFixed(2)} s` : seconds(milliseconds)
}

function Waiting({ since }: { since: number }) {
  const now = useNow(100) ?? since
  return <Heading title="Under way" note={seconds(Math.max(0, now - since))} />
}
