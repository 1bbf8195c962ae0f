import { createCssVariablesTheme, createHighlighter } from 'shiki'
import { languageOf } from './fence.mjs'

/**
 * Makes of a page's Markdown what components/docs draws: code in colours, fences that follow one another as one `figure` with
 * a tab each, and an `aside` at the end with the headings of the page. Colours are variables of ours, so that dark needs no
 * second copy.
 *
 * @type {import('unified').Plugin<[], import('hast').Root>}
 */
export default function rehypeDocumentation() {
  return async (tree) => {
    const highlighter = await highlighting()
    const links = headingsOf(tree).map(({ id, children }) => element('a', { href: `#${id}` }, children))
    tree.children = inSections(grouped(tree.children, highlighter))
    if (links.length > 0) tree.children.push(element('aside', {}, links))
  }
}

const languages = ['bash', 'typescript', 'python', 'go', 'java', 'json', 'yaml', 'html', 'http']

let made

function highlighting() {
  made ??= createHighlighter({ langs: languages, themes: [createCssVariablesTheme({ variablePrefix: '--code-' })] })
  return made
}

function grouped(children, highlighter) {
  const all = []
  let group
  for (const child of children) {
    if (isFence(child)) {
      if (!group) {
        group = element('figure', {}, [])
        all.push(group)
      }
      group.children.push(drawn(child.children[0], highlighter))
    } else {
      if (!isBlank(child)) group = undefined
      all.push(child)
    }
  }
  return all
}

/** A fence's code in colours: `pre` says which language it is, what its tab is called, and whether it is printed by the one before. */
function drawn(code, highlighter) {
  const [name = ''] = code.properties?.className ?? []
  const { language, label, grammar, isOutput } = languageOf(`${name.replace('language-', '')} ${code.data?.meta ?? ''}`)
  const text = code.children
    .map(({ value }) => value)
    .join('')
    .trimEnd()
  const [pre] = highlighter.codeToHast(text, { lang: grammar, theme: 'css-variables' }).children
  const properties = { dataLanguage: language, dataLabel: label, ...(isOutput ? { dataOutput: 'true' } : {}) }
  return element('pre', properties, pre.children[0].children)
}

/** Each heading with what follows it up to the next, as a section. */
function inSections(children) {
  const all = []
  let section
  for (const child of children) {
    if (child.tagName === 'h2') {
      section = element('section', {}, [])
      all.push(section)
    }
    ;(section?.children ?? all).push(child)
  }
  return all
}

const headingsOf = (tree) =>
  tree.children
    .filter(({ tagName }) => tagName === 'h2')
    .map(({ properties, children }) => ({ id: properties.id, children }))

const isFence = ({ tagName, children }) => tagName === 'pre' && children[0]?.tagName === 'code'
const isBlank = ({ type, value }) => type === 'text' && value.trim() === ''
const element = (tagName, properties, children) => ({ type: 'element', tagName, properties, children })
