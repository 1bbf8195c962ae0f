import { PassThrough } from 'node:stream'
import { expect, test, vi } from 'vitest'
import { batch } from './batch.ts'

/** What the lines are answered with. */
async function answersTo(...lines: string[]): Promise<unknown[]> {
  const said = vi.spyOn(console, 'log').mockImplementation(() => undefined)
  try {
    const input = new PassThrough()
    input.end(lines.join('\n'))
    await batch(input)
    return said.mock.calls.map(([line]) => JSON.parse(String(line)))
  } finally {
    said.mockRestore()
  }
}

test('each line is one command, and is answered with one line of JSON, in their order', async () => {
  const make = (slug: string) => JSON.stringify(['tenants', 'create', '--name', 'Shop', '--slug', slug])
  const answers = await answersTo(make('one'), '', make('two'), '["tenants","list"]')
  expect(answers).toMatchObject([{ slug: 'one' }, { slug: 'two' }, { data: [{ slug: 'one' }, { slug: 'two' }] }])
})

test('a command that goes wrong says why, and the next is carried out', async () => {
  const good = '["tenants","list"]'
  for (const [wrong, error] of [
    ['["tenants","create","--name","Shop","--slug","A B"]', /slug/],
    ['["tenants","create"]', /required option/],
    ['["nothing"]', /unknown command/],
    ['{"tenants":"list"}', /array of words/],
    ['tenants list', /JSON/],
  ] as const) {
    const before = await answersTo(good)
    expect(await answersTo(wrong, good)).toEqual([{ error: expect.stringMatching(error) }, ...before])
  }
})
