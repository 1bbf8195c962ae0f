import { LineIcon } from '../../ui/icon.tsx'
import { Monogram } from '../setup/monogram.tsx'
import { browserName } from './browser-name.ts'
import { sized } from './sized.ts'
import { type Actor, actors, type Scene } from './story.ts'

const drawings: Readonly<Record<Exclude<Actor, 'server'>, string>> = {
  person: 'M8 8a2.75 2.75 0 1 0 0-5.5A2.75 2.75 0 0 0 8 8ZM2.75 13.5c.5-2.4 2.6-3.75 5.25-3.75s4.75 1.35 5.25 3.75',
  browser:
    'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM2 8h12M8 2c2 1.8 2.6 3.8 2.6 6S10 12.2 8 14c-2-1.8-2.6-3.8-2.6-6S6 3.8 8 2Z',
  authenticator: 'M5 2h6v12H5zM7.5 12h1',
}

const names: Readonly<Record<Exclude<Actor, 'person'>, string>> = {
  browser: 'Browser',
  authenticator: 'Authenticator',
  server: 'Server',
}

/** So many of the messages that have passed stay on show: fewer where the sentence above needs more lines. */
function shownBeside({ say, note }: Scene): number {
  const more = (text: string, perLine: number) => Math.max(0, Math.ceil(text.length / perLine) - 1)
  const room = 306 - 72 * more(say, 46) - 42 * more(note, 100)
  return Math.min(5, Math.max(1, Math.floor(room / 47)))
}

/** The four who take part, and what has passed between them until now. On a phone the messages are a list. */
export function PresentBoard({ scenes, at }: { scenes: readonly Scene[]; at: number }) {
  const now = scenes[at]
  if (!now) return null
  const passed = scenes.slice(0, at + 1).filter(({ run }) => run === now.run)
  const sights = passed.slice(-shownBeside(now) - 1)
  return (
    <div className="flex min-h-0 flex-1 flex-col" style={sized({ padding: [26, 56, 0] })}>
      <ul className="grid grid-cols-4">
        {actors.map((actor) => (
          <Head key={actor} actor={actor} scene={now} acts={now.from === actor || now.to === actor} />
        ))}
      </ul>
      <section
        aria-label="Messages"
        className="relative flex min-h-0 flex-1 flex-col-reverse overflow-hidden max-sm:overflow-visible"
        style={sized({ marginTop: 14 })}
      >
        <div aria-hidden="true" className="absolute inset-0 grid grid-cols-4 max-sm:hidden">
          {actors.map((actor) => (
            <span key={actor} className="mx-auto w-[2px] bg-line-strong" />
          ))}
        </div>
        <ol className="relative mb-auto">
          {sights.map((scene) => (
            <Line key={`${scene.run} ${scene.id}`} scene={scene} now={scene === now} />
          ))}
        </ol>
      </section>
    </div>
  )
}

function Head({ actor, scene, acts }: { actor: Actor; scene: Scene; acts: boolean }) {
  const { facts } = scene
  const { title, note } = headOf(actor, scene)
  const look = acts ? 'border-accent bg-accent-wash text-accent' : 'border-line-strong bg-card text-soft'
  return (
    <li className="flex min-w-0 flex-col items-center text-center" style={sized({ gap: 8 })}>
      {actor === 'server' ? (
        <span style={sized({ fontSize: 36 })} className={acts ? 'rounded-[28%] outline-2 outline-accent' : ''}>
          <Monogram name={facts.tenant ?? 'Server'} size="size-[2.1em] rounded-[28%]" />
        </span>
      ) : (
        <span
          className={`grid place-items-center rounded-[28%] border-2 ${look}`}
          style={sized({ width: 76, height: 76 })}
        >
          <LineIcon d={drawings[actor]} className="size-1/2 stroke-[1.25]" />
        </span>
      )}
      <span
        className="w-full truncate font-semibold tracking-tight max-sm:text-[12px]!"
        style={sized({ fontSize: 30, lineHeight: 34 })}
      >
        {title}
      </span>
      <span className="w-full truncate text-soft max-sm:text-[11px]!" style={sized({ fontSize: 23, lineHeight: 28 })}>
        {note}
      </span>
    </li>
  )
}

function headOf(actor: Actor, { facts }: Scene): { title: string; note: string } {
  if (actor === 'person') return { title: facts.username ?? 'Somebody', note: 'the person' }
  const notes = { browser: browserName(), authenticator: facts.provider ?? 'does not say which', server: facts.tenant }
  return { title: names[actor], note: notes[actor] ?? '' }
}

const tones: Readonly<Record<Scene['tone'], { chip: string; line: string }>> = {
  plain: { chip: 'bg-accent text-accent-ink', line: 'border-accent text-accent' },
  calm: { chip: 'bg-soft text-card', line: 'border-soft text-soft' },
  refused: { chip: 'bg-bad text-card', line: 'border-bad text-bad' },
}

function Line({ scene, now }: { scene: Scene; now: boolean }) {
  const { from, to, label, tone } = scene
  const [a, b] = [actors.indexOf(from), actors.indexOf(to)]
  const right = b > a
  const columns = `${2 * Math.min(a, b) + 2} / ${2 * Math.max(a, b) + 2}`
  const line = now ? tones[tone].line : 'border-faint text-faint'
  return (
    <li className="sm:grid sm:grid-cols-8 sm:items-end" aria-current={now ? 'step' : undefined}>
      <span className="sr-only">
        {from} to {to}:{' '}
      </span>
      <span
        className={`relative flex min-w-0 flex-col sm:items-center max-sm:flex-row max-sm:flex-wrap max-sm:items-center max-sm:gap-x-2 max-sm:py-1 sm:border-0 ${line}`}
        style={{ gridColumn: columns }}
      >
        <span aria-hidden="true" className="text-[13px] text-soft sm:hidden">
          {from} → {to}
        </span>
        <span
          className={`max-w-full truncate ${now ? `sm:max-w-[calc(100%+180*var(--u))] font-semibold tracking-tight ${tones[tone].chip}` : 'bg-paper text-soft'}`}
          style={
            now
              ? sized({ fontSize: 36, lineHeight: 40, padding: [10, 26, 12], borderRadius: 18, marginTop: 18 })
              : sized({ fontSize: 23, lineHeight: 34, padding: [4, 10, 0] })
          }
        >
          {label}
        </span>
        <span
          aria-hidden="true"
          className="relative block w-full max-sm:hidden"
          style={sized({ height: now ? 40 : 9 })}
        >
          <span
            className={`absolute inset-x-0 top-1/2 block border-current ${now ? 'border-t-[max(3px,calc(6*var(--u)))]' : 'border-t-2'}`}
          />
          <span
            className={`absolute top-1/2 block -translate-y-1/2 border-transparent ${right ? 'right-0 border-l-current' : 'left-0 border-r-current'}`}
            style={arrow(right, now)}
          />
        </span>
      </span>
    </li>
  )
}

function arrow(right: boolean, now: boolean) {
  const [long, wide] = now ? [24, 16] : [12, 8]
  const size = (number: number) => `calc(${number} * var(--u))`
  const head = right ? { borderLeftWidth: size(long) } : { borderRightWidth: size(long) }
  const line = { borderStyle: 'solid', borderWidth: 0, marginTop: now ? 'calc(3 * var(--u))' : 1 }
  return { ...line, borderTopWidth: size(wide), borderBottomWidth: size(wide), ...head }
}
