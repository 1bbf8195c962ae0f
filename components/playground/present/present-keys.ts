/** What a presenter can do on the stage. */
export type PresentAct =
  | 'next'
  | 'back'
  | 'first'
  | 'last'
  | 'play'
  | 'faster'
  | 'slower'
  | 'bytes'
  | 'beside'
  | 'story'
  | 'room'
  | 'full'
  | 'keys'

/** The stage's keys: what is heard there, and what `?` lists. Escape leaves, as every dialogue. */
export const presentKeys: readonly { keys: readonly string[]; shown: string; title: string; act: PresentAct }[] = [
  { keys: ['ArrowRight', 'PageDown', ' '], shown: '→', title: 'The next message; the space bar, too', act: 'next' },
  { keys: ['ArrowLeft', 'PageUp'], shown: '←', title: 'The message before', act: 'back' },
  { keys: ['Home'], shown: 'Home', title: 'The first message', act: 'first' },
  { keys: ['End'], shown: 'End', title: 'How it ends', act: 'last' },
  { keys: ['p'], shown: 'P', title: 'Play by itself, or stop', act: 'play' },
  { keys: ['+', '='], shown: '+', title: 'Play faster', act: 'faster' },
  { keys: ['-'], shown: '−', title: 'Play slower', act: 'slower' },
  { keys: ['b'], shown: 'B', title: 'The bytes of the message, or no longer', act: 'bytes' },
  { keys: ['2'], shown: '2', title: 'Beside another tenant: one username, two tokens', act: 'beside' },
  { keys: ['q'], shown: 'Q', title: 'QR for the room', act: 'room' },
  { keys: ['s'], shown: 'S', title: 'Register, then Authenticate, as one story; or this run alone', act: 'story' },
  { keys: ['f'], shown: 'F', title: 'The whole screen, or no longer', act: 'full' },
  { keys: ['?'], shown: '?', title: 'This list', act: 'keys' },
]

interface Pressed {
  key: string
  /** A button has the focus, which a space bar presses. */
  onButton: boolean
  /** Single characters are shortcuts. */
  characters: boolean
}

/** What a key does on the stage; undefined where it does nothing. */
export function actOf({ key, onButton, characters }: Pressed): PresentAct | undefined {
  if (key === ' ' && onButton) return
  if (key.length === 1 && key !== ' ' && !characters) return
  return presentKeys.find(({ keys }) => keys.includes(key.length === 1 ? key.toLowerCase() : key))?.act
}
