import { readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import ts from 'typescript-6'
import { flatTypes } from './flat-types.ts'

/**
 * The declarations that entries come to, by the file that each is to be: self-contained. Our own modules; those with
 * schemas written out; and of third parties' what ours name, so that nobody needs their packages to read the types.
 *
 * @param entries source files, from the root
 * @param peers packages whose types are not taken along
 * @throws Error where one of our modules does not type-check
 */
export function declarations(
  root: string,
  entries: readonly string[],
  peers: readonly string[] = [],
): Map<string, string> {
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile).config,
    ts.sys,
    root,
    { noEmit: false, incremental: false, declaration: true, emitDeclarationOnly: true, types: ['node'] },
  )
  const host = ts.createCompilerHost(options)
  const program = ts.createProgram(
    entries.map((entry) => join(root, entry)),
    options,
    host,
  )
  const checker = program.getTypeChecker()
  const isOurs = (fileName: string) => fileName.startsWith(join(root, 'lib/'))

  const emitted = new Map<string, string>()
  program.emit(undefined, (_, text, __, ___, [source] = []) => source && emitted.set(source.fileName, text))

  const textOf = (fileName: string): string => {
    const source = program.getSourceFile(fileName)
    if (source && isOurs(fileName) && usesSchemas(source)) return flatTypes(checker, source, isOurs)
    return emitted.get(fileName) ?? readFileSync(fileName, 'utf8')
  }
  const resolved = (specifier: string, from: string): string | undefined =>
    specifier.startsWith('/')
      ? specifier
      : ts.resolveModuleName(specifier, from, options, host).resolvedModule?.resolvedFileName

  const found = new Map<string, string>()
  const visit = (fileName: string): string => {
    const target = targetOf(root, fileName)
    if (found.has(target)) return target
    found.set(target, '')
    let text = textOf(fileName)
    for (const { text: specifier, pos, end } of specifiersOf(text).reverse()) {
      if (specifier.startsWith('node:') || peers.includes(specifier)) continue
      const to = resolved(specifier, fileName)
      if (!to) throw new Error(`${specifier}, which ${relative(root, fileName)} names, is not there.`)
      const path = relative(dirname(target), visit(to)).replace(/\.d\.([cm]?)ts$/, '.$1js')
      text = `${text.slice(0, pos)}'${path.startsWith('.') ? path : `./${path}`}'${text.slice(end)}`
    }
    found.set(target, text)
    return target
  }
  for (const entry of entries) visit(join(root, entry))
  return found
}

/** Where a text names other modules, in their order. */
function specifiersOf(text: string): { text: string; pos: number; end: number }[] {
  const source = ts.createSourceFile('x.d.ts', text, ts.ScriptTarget.Latest, true)
  const found: { text: string; pos: number; end: number }[] = []
  const visit = (node: ts.Node): void => {
    const named = ts.isImportDeclaration(node) || ts.isExportDeclaration(node) ? node.moduleSpecifier : undefined
    const inType = ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined
    const literal = named ?? inType
    if (literal && ts.isStringLiteral(literal))
      found.push({ text: literal.text, pos: literal.getStart(source), end: literal.getEnd() })
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function usesSchemas(source: ts.SourceFile): boolean {
  return source.statements.some(
    (one) => ts.isImportDeclaration(one) && (one.moduleSpecifier as ts.StringLiteral).text === 'zod',
  )
}

/** Where the declarations of a source file go in the package. */
export function targetOf(root: string, fileName: string): string {
  const path = relative(root, fileName)
    .replace(/^lib\//, '')
    .replace(/^.*node_modules\//, 'third-party/')
  return `types/${path.replace(/(?<!\.d)\.([cm]?)ts$/, '.d.$1ts')}`
}
