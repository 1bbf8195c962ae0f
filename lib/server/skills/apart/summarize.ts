import stopword from 'stopword'
import {
  AbsoluteSummarizerConfig,
  NullLogger,
  Sentence,
  SorensenDiceSimilarity,
  Summarizer,
  Text,
  Word,
} from 'ts-textrank'
import type { Given, Result } from './job.ts'
import { summaryLanguages } from './languages.ts'

/** More are not compared: each is, with each other. */
const maxSentences = 400
const damping = 0.85

const stopwords = stopword as unknown as Record<string, string[]>

/**
 * The sentences of a text that say the most, by TextRank: each is ranked by what it has in common with the others. Where a
 * sentence and a word ends, Unicode says for the language.
 *
 * @see https://aclanthology.org/W04-3252/
 */
export function summarize({ text, sentences: count, language: said }: Given<'summary'>): Result<'summary'> {
  const language = said ?? languageOf(text)
  const sentences = sentencesOf(text, language)
  const best = sentences.length > count ? ranked(text, sentences, count, language) : sentences
  return {
    language,
    considered: sentences.length,
    sentences: best.map(({ raw, position }) => ({ text: raw, position })),
  }
}

function ranked(text: string, sentences: Sentence[], count: number, language: string): Sentence[] {
  const config = new AbsoluteSummarizerConfig(
    count,
    new SorensenDiceSimilarity(),
    // It puts them into another order.
    { parse: () => new Text(text, [...sentences]) },
    damping,
    Summarizer.SORT_OCCURENCE,
  )
  const chosen = new Set(new Summarizer(config, new NullLogger()).summarize(text, language))
  return sentences.filter(({ raw }) => chosen.has(raw))
}

/** The sentences of a text, each once, with the words in them that are not in every text; where there are only such, those. */
function sentencesOf(text: string, language: string): Sentence[] {
  const common = new Set(stopwords[language] ?? [])
  const sentences = new Map<string, Sentence>()
  let position = 0
  for (const { segment } of new Intl.Segmenter(language, { granularity: 'sentence' }).segment(text)) {
    const raw = segment.replace(/\s+/g, ' ').trim()
    if (!raw) continue
    position += 1
    const all = new Set(wordsOf(raw, language))
    const telling = [...all].filter((word) => !common.has(word))
    const words = (telling.length > 0 ? telling : [...all]).map((word) => new Word(word))
    if (words.length > 0 && !sentences.has(raw)) sentences.set(raw, new Sentence(raw, words, position))
    if (sentences.size === maxSentences) break
  }
  return [...sentences.values()]
}

function wordsOf(text: string, language: string): string[] {
  const segments = new Intl.Segmenter(language, { granularity: 'word' }).segment(text)
  return Array.from(segments).flatMap(({ segment, isWordLike }) =>
    isWordLike ? [segment.toLocaleLowerCase(language)] : [],
  )
}

/** The language whose small words are most among a text's first thousand; English where none is. */
function languageOf(text: string): string {
  const words = wordsOf(text.slice(0, 8_000), 'und').slice(0, 1_000)
  let best = { language: 'en', hits: 0 }
  for (const language of summaryLanguages) {
    const common = new Set(stopwords[language])
    const hits = words.filter((word) => common.has(word)).length
    if (hits > best.hits) best = { language, hits }
  }
  return best.language
}
