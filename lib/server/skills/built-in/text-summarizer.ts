import { z } from 'zod'
import { summaryLanguages } from '../apart/languages.ts'
import { apart } from '../apart/pool.ts'
import { builtIn } from './built-in.ts'

const milliseconds = 5_000

const example = {
  text: 'A passkey is a pair of keys. The device keeps the private key, and the server the public key alone. Whoever steals the public key can sign in nowhere. The weather is fine today.',
  sentences: 2,
}

/** Says a text in a few of its own sentences, in a thread of its own: each sentence is compared with each. */
export const textSummarizer = builtIn({
  id: 'text-summarizer',
  name: 'Text summarizer',
  description:
    'Says a text in the few of its own sentences that say the most (TextRank). Nothing is made up, and nothing leaves the server. Of a long text, the first 400 sentences count.',
  version: '1.0.0',
  priceAmount: 1,
  input: z
    .strictObject({
      text: z.string().min(1).max(50_000).describe('The text, in any of the languages below.'),
      sentences: z.int().min(1).max(20).default(3).describe('How many of its sentences, at most.'),
      language: z
        .enum(summaryLanguages)
        .optional()
        .describe('Which language it is in; found out where it is not said.'),
    })
    .meta({ examples: [example] }),
  output: z.strictObject({
    summary: z.string().describe('The sentences, in their order, with a space between.'),
    sentences: z.array(
      z.strictObject({ text: z.string(), position: z.int().min(1).describe('Which sentence of the text it is.') }),
    ),
    language: z.string(),
    considered: z.int().min(0).describe('How many sentences were compared.'),
  }),
  async run({ text, sentences, language }, run) {
    const found = await apart('summary', { text, sentences, language }, { milliseconds, ...run })
    return JSON.stringify({ summary: found.sentences.map(({ text }) => text).join(' '), ...found })
  },
})
