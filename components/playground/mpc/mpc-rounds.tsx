import { useNow } from '../../ui/use-now.ts'
import { seconds } from '../seconds.ts'
import type { Work } from './mpc-work.ts'
import { type Line, linesOf } from './round-lines.ts'

interface Props {
  work: Work
  username: string
}

/** Every message as it passed, between the columns of who sent and who got it. Dashed: it never left this page. */
export function MpcRounds({ work, username }: Props) {
  const groups = linesOf(work, username)
  const sent = work.rounds.filter(({ party }) => party === 'server' || party === 'auth server')
  const bytes = sent.reduce((sum, round) => sum + round.bytes, 0)
  return (
    <section
      aria-label="Messages"
      className="bg-[linear-gradient(var(--line-strong),var(--line-strong)),linear-gradient(var(--line-strong),var(--line-strong)),linear-gradient(var(--line-strong),var(--line-strong))] bg-[length:1px_100%] bg-[position:16.666%_0,50%_0,83.333%_0] bg-no-repeat py-1"
    >
      {groups.map(({ title, note, lines }) => (
        <div key={title}>
          <Heading title={title} note={note} />
          <ol>
            {lines.map((line) => (
              <Message key={line.id} line={line} />
            ))}
          </ol>
        </div>
      ))}
      {work.took === undefined ? (
        <Waiting since={work.startedAt} />
      ) : (
        <Heading
          title={work.refusal ? 'Refused' : work.kind === 'sign' ? 'Put together in this browser' : 'Done'}
          note={`${seconds(work.took)} · ${sent.length} messages · ${sizeText(bytes)}`}
        />
      )}
    </section>
  )
}

function Heading({ title, note }: { title: string; note: string }) {
  return (
    <p className="flex flex-wrap items-center justify-between gap-x-2 pt-2 pb-0.5 text-[12.5px]">
      <b className="bg-card pr-2 font-semibold">{title}</b>
      <span className="bg-card text-faint sm:pl-2">{note}</span>
    </p>
  )
}

const spans = {
  server: 'col-[2/4] max-lg:col-[2/6]',
  recovery: 'col-[2/6] max-lg:col-[2/4]',
} as const

function Message({ line }: { line: Line }) {
  const { label, note, direction, inside, refused, party } = line
  const colour = refused ? 'border-bad text-bad' : 'border-soft'
  const head =
    direction === 'sent'
      ? 'after:right-0 after:border-l-[7px] after:border-l-current after:border-r-0'
      : 'after:left-0 after:border-r-[7px] after:border-r-current after:border-l-0'
  return (
    <li className="grid h-8 grid-cols-6 items-center text-[13px]">
      <span
        className={`relative h-[23px] whitespace-nowrap border-b-[1.5px] text-center leading-5 after:absolute after:-bottom-[5.75px] after:border-[5px] after:border-transparent ${inside ? 'border-dashed' : ''} ${colour} ${head} ${spans[party]}`}
      >
        <span className="bg-card px-1">
          <span className={`font-medium ${refused ? '' : 'text-ink'}`}>{label}</span>{' '}
          <span className="text-[12px] text-faint max-sm:hidden">{note}</span>
        </span>
      </span>
    </li>
  )
}

function Waiting({ since }: { since: number }) {
  const now = useNow(100) ?? since
  return <Heading title="Under way" note={seconds(Math.max(0, now - since))} />
}

function sizeText(bytes: number): string {
  return bytes < 1000 ? `${bytes} B` : `${(bytes / 1000).toFixed(1)} kB`
}
