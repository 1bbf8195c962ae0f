import { expect, test } from 'vitest'
import { blocksOf } from './fences.ts'

const fence = (info: string, code = 'x') => `\`\`\`${info}\n${code}\n\`\`\`\n`

test('code is found with what it prints', () => {
  const blocks = blocksOf(`# A\n\n${fence('sh', 'curl a')}\n${fence('json output', '{}')}${fence('ts title="Node"')}`)
  expect(blocks.map(({ code, line, output }) => [code, line, output?.text])).toEqual([
    ['curl a', 3, '{}'],
    ['x', 10, undefined],
  ])
  expect(blocks[1]?.fence.label).toBe('Node')
})

test.each([
  ['in a language that nothing runs', fence('ruby'), 'ruby'],
  ['without a language', fence(''), 'nothing runs'],
  ['of JSON that nothing prints', fence('json'), 'output'],
  ['that is printed by none', fence('json output'), 'no code before'],
  ['without an end', '```sh\ncurl', 'does not end'],
])('a fence %s is an error', (_, mdx, words) => {
  expect(() => blocksOf(mdx)).toThrow(words)
})
