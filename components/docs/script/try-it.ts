import { rememberedKey } from '../../playground/setup/remembered-key.ts'

/** What the page says of a call. */
export interface Call {
  name: string
  method: string
  path: string
  parameters: { name: string; in: 'path' | 'query' | 'header'; required: boolean }[]
  body: string | null
  needsKey: boolean
}

// The key of this tab: typed into one form it is in all of them. It is kept nowhere; what the Playground remembers is read.
let key = rememberedKey() ?? ''

/** Puts the form of a call into its place. What is sent goes to this server alone. */
export function tryIt(place: HTMLElement): void {
  const call: Call = JSON.parse(place.dataset.try ?? '{}')
  const form = document.createElement('form')
  form.className = 'mt-2 grid gap-2.5'
  const keyField = call.needsKey ? keyOf(form, place) : undefined
  const inputs = call.parameters.map((parameter) => ({
    ...parameter,
    input: field(form, parameter.name, parameter.required ? '' : 'optional'),
  }))
  const body = call.body === null ? undefined : bodyOf(form, call.body)
  const send = make('button', 'Send', `${button} justify-self-start`) as HTMLButtonElement
  send.ariaLabel = `Send ${call.name}`
  const answer = make('div', '', 'grid min-w-0 gap-2')
  answer.ariaLive = 'polite'
  form.append(send, answer)
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    send.disabled = true
    const filled = inputs.map(({ input, ...parameter }) => ({ ...parameter, value: input.value }))
    answer.replaceChildren(...(await made(call, keyField?.value ?? '', filled, body?.value)))
    send.disabled = false
  })
  place.append(form)
}

type Filled = Call['parameters'][number] & { value: string }

async function made(call: Call, apiKey: string, filled: Filled[], body: string | undefined): Promise<HTMLElement[]> {
  const { url, headers } = requestOf(call, apiKey, filled, body)
  const shown = [
    `${call.method} ${url.pathname}${url.search}`,
    ...headers.map(([name, value]) => `${name}: ${hidden(value)}`),
  ]
  const request = lines('Request', [...shown, ...(body ? ['', body] : [])].join('\n'))
  const began = performance.now()
  try {
    const response = await fetch(url, { method: call.method, headers, credentials: 'omit', ...(body ? { body } : {}) })
    const text = await response.text()
    const took = `${response.status} ${response.statusText}, ${Math.round(performance.now() - began)} ms`
    const given = [...response.headers].map(([name, value]) => `${name}: ${value}`).join('\n')
    return [request, lines(took, formatted(text), response.ok), lines('Headers', given)]
  } catch (error) {
    return [request, lines('No answer', String(error), false)]
  }
}

/** The request as it is sent: parameters at their places, empty ones left out. */
export function requestOf({ path, needsKey }: Call, apiKey: string, filled: Filled[], body: string | undefined) {
  const place = path.replace(/\{(\w+)\}/g, (_, name) => {
    const value = filled.find((one) => one.in === 'path' && one.name === name)?.value ?? ''
    return encodeURIComponent(value)
  })
  const url = new URL(place, location.origin)
  for (const { in: where, name, value } of filled) if (where === 'query' && value) url.searchParams.set(name, value)
  const headers: [string, string][] = [
    ...(needsKey && apiKey ? [['Authorization', `Bearer ${apiKey}`] as [string, string]] : []),
    ...(body === undefined ? [] : [['Content-Type', 'application/json'] as [string, string]]),
    ...filled
      .filter(({ in: where, value }) => where === 'header' && value)
      .map(({ name, value }): [string, string] => [name, value]),
  ]
  return { url, headers }
}

function keyOf(form: HTMLElement, place: HTMLElement): HTMLInputElement {
  const input = field(form, 'API key', 'sk_test_…')
  input.type = 'password'
  input.autocomplete = 'off'
  input.value = key
  const note = make('p', '', 'text-[13px] text-bad')
  const demo = place.closest('main')?.querySelector<HTMLElement>('[data-demo-key]')?.dataset.demoKey
  const noted = () => {
    key = input.value.trim()
    note.textContent = key.startsWith('sk_live_')
      ? 'This is a live key: a page is no place for it, and the call is real.'
      : ''
  }
  input.addEventListener('input', noted)
  if (demo) {
    const use = make(
      'button',
      'Use the demo key',
      'cursor-pointer justify-self-start text-[13px] text-accent hover:underline',
    )
    ;(use as HTMLButtonElement).type = 'button'
    use.addEventListener('click', () => {
      input.value = demo
      noted()
    })
    form.append(use)
  }
  form.append(note)
  return input
}

function field(form: HTMLElement, name: string, placeholder: string): HTMLInputElement {
  const label = make('label', '', 'grid gap-1')
  label.append(make('span', name, 'font-mono text-[12.5px]'))
  const input = make('input', '', box) as HTMLInputElement
  input.placeholder = placeholder
  input.spellcheck = false
  label.append(input)
  form.append(label)
  return input
}

function bodyOf(form: HTMLElement, text: string): HTMLTextAreaElement {
  const label = make('label', '', 'grid gap-1')
  label.append(make('span', 'Body', 'text-[13px]'))
  const area = make('textarea', '', box) as HTMLTextAreaElement
  area.value = text
  area.rows = Math.min(12, text.split('\n').length + 1)
  area.spellcheck = false
  label.append(area)
  form.append(label)
  return area
}

function lines(title: string, text: string, isGood?: boolean): HTMLElement {
  const part = make('div', '', 'min-w-0 rounded-xl border border-line bg-sunk')
  const colour = isGood === undefined ? 'text-faint' : isGood ? 'text-ok' : 'text-bad'
  part.append(make('p', title, `px-3 pt-2 font-medium text-[12.5px] ${colour}`))
  const code = make('pre', text, 'max-h-96 overflow-auto px-3 py-2 font-mono text-[12.5px] leading-[1.6]')
  code.tabIndex = 0
  part.append(code)
  return part
}

function formatted(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text || 'No body.'
  }
}

const hidden = (value: string) => value.replace(/(sk_(?:test|live)_\w{4})\w+(\w{4})/, '$1…$2')
const box = 'w-full rounded-field border border-line-strong bg-card px-3 py-2 font-mono text-[13px]'
const button =
  'cursor-pointer rounded-lg border border-line-strong bg-card px-3 py-1 font-medium text-[13px] hover:bg-sunk disabled:text-faint'

function make(name: string, text: string, look: string): HTMLElement {
  const element = document.createElement(name)
  element.textContent = text
  element.className = look
  return element
}
