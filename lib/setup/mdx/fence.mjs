/** What a fence can be in: what its tab is called, and the grammar that colours it. */
const languages = {
  sh: { label: 'curl', grammar: 'bash' },
  ts: { label: 'TypeScript', grammar: 'typescript' },
  python: { label: 'Python', grammar: 'python' },
  go: { label: 'Go', grammar: 'go' },
  java: { label: 'Java', grammar: 'java' },
  json: { label: 'JSON', grammar: 'json' },
  text: { label: 'Text', grammar: 'text' },
}

/**
 * What the line above a fence's code says: its language, what its tab is called where that is another name (`title="Node"`),
 * how it is run where that is not the language's own way (`with="playwright"`), and whether it is no code, but what the code
 * before it prints (`output`).
 *
 * @throws Error of a language that documentation has no way to run
 */
export function languageOf(info) {
  const [, language = '', meta = ''] = /^\s*(\S*)\s*(.*)$/.exec(info) ?? []
  const known = languages[language]
  if (!known) throw new Error(`A fence is in “${language}”, which nothing runs: ${Object.keys(languages).join(', ')}.`)
  const isOutput = /(?:^|\s)output(?:\s|$)/.test(meta)
  if (!isOutput && (language === 'json' || language === 'text'))
    throw new Error(
      `A fence of ${language} is run by nothing: say “output” where it is what the code before it prints.`,
    )
  const named = (name) => new RegExp(`${name}="([^"]*)"`).exec(meta)?.[1]
  return { language, label: named('title') ?? known.label, grammar: known.grammar, with: named('with'), isOutput }
}
