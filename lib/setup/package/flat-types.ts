import ts from 'typescript-6'

/** More than any of our types is deep: deeper is a type that contains itself. */
const deepest = 16

/**
 * The exported types of a module, written out as they come to: no schema library is needed to read them. A type that is
 * exported by another of our modules is imported from there.
 *
 * @param isOurs whether a declaration is of our own code
 * @throws Error for a generic type, which cannot be written out
 */
export function flatTypes(
  checker: ts.TypeChecker,
  source: ts.SourceFile,
  isOurs: (fileName: string) => boolean,
): string {
  const imports = new Map<string, Set<string>>()

  function print(type: ts.Type, depth: number, known?: ts.Type): string {
    if (depth > deepest) throw new Error(`A type of ${source.fileName} is too deep to be written out.`)
    if (type !== known) {
      const name = nameOf(type)
      if (name) return name
    }
    const { flags } = type
    if (type.isUnion()) return printUnion(type, depth)
    const isPlain = flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)
    if (!isPlain || type.getCallSignatures().length > 0) return textOf(type)
    if (checker.isTupleType(type)) {
      const members = checker.getTypeArguments(type as ts.TypeReference).map((one) => print(one, depth + 1))
      const rest = (type as ts.TypeReference).target as ts.TupleType
      return `[${members.map((one, at) => ((rest.elementFlags[at] ?? 0) & ts.ElementFlags.Rest ? `...${inBrackets(one)}[]` : one)).join(', ')}]`
    }
    if (checker.isArrayType(type)) {
      const [item] = checker.getTypeArguments(type as ts.TypeReference)
      return `${item ? inBrackets(print(item, depth + 1)) : 'unknown'}[]`
    }
    // The language's own: Date, Uint8Array, …
    if (type.symbol && !(type.symbol.flags & anonymous) && !declaredIn(type.symbol, isOurs)) return textOf(type)
    return printObject(type, depth)
  }

  function printUnion(type: ts.UnionType, depth: number): string {
    const isBoolean = type.types.filter(({ flags }) => flags & ts.TypeFlags.BooleanLiteral).length === 2
    const members = type.types.flatMap((member) => {
      if (isBoolean && member.flags & ts.TypeFlags.BooleanLiteral) return []
      return [print(member, depth + 1)]
    })
    const last = (text: string) => Number(text === 'null') + 2 * Number(text === 'undefined')
    const all = [...new Set([...members, ...(isBoolean ? ['boolean'] : [])])]
    return all.sort((one, other) => last(one) - last(other)).join(' | ')
  }

  function printObject(type: ts.Type, depth: number): string {
    const indexed = checker
      .getIndexInfosOfType(type)
      .map(({ keyType, type }) => `[key: ${textOf(keyType)}]: ${print(type, depth + 1)}`)
    const members = checker.getPropertiesOfType(type).map((property) => {
      const said = saidOf(property)
      const optional = property.flags & ts.SymbolFlags.Optional ? '?' : ''
      const name = /^[A-Za-z_$][\w$]*$/.test(property.name) ? property.name : JSON.stringify(property.name)
      const value = print(checker.getTypeOfSymbolAtLocation(property, source), depth + 1)
      return `${said ? `/** ${said} */\n` : ''}${name}${optional}: ${value}`
    })
    const all = [...indexed, ...members]
    return all.length === 0 ? '{}' : `{\n${all.join('\n').replace(/^/gm, '  ')}\n}`
  }

  /** The name of a type that one of our modules exports, imported from there. */
  function nameOf(type: ts.Type): string | undefined {
    const symbol = type.aliasSymbol ?? (type.symbol?.flags & ts.SymbolFlags.Interface ? type.symbol : undefined)
    const [declaration] = symbol?.declarations ?? []
    if (!symbol || !declaration || type.aliasTypeArguments?.length) return undefined
    const { fileName } = declaration.getSourceFile()
    const isExported = ts.getCombinedModifierFlags(declaration as ts.Declaration) & ts.ModifierFlags.Export
    if (!isOurs(fileName) || !isExported) return undefined
    if (fileName !== source.fileName) imports.set(fileName, (imports.get(fileName) ?? new Set()).add(symbol.name))
    return symbol.name
  }

  const saidOf = (symbol: ts.Symbol) =>
    ts.displayPartsToString(symbol.getDocumentationComment(checker)).replaceAll('\n', ' ')
  const textOf = (type: ts.Type) => checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation)

  const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(source) as ts.Symbol)
  const types = exported.flatMap((symbol) => {
    const declaration = symbol.declarations?.find(
      (one) => ts.isTypeAliasDeclaration(one) || ts.isInterfaceDeclaration(one),
    )
    if (!declaration || declaration.getSourceFile() !== source) return []
    const { typeParameters } = declaration as ts.TypeAliasDeclaration
    if (typeParameters) throw new Error(`${symbol.name} of ${source.fileName} is generic: it cannot be written out.`)
    const type = checker.getDeclaredTypeOfSymbol(symbol)
    // What is said of a type is often said of its schema, which has its name.
    const schema = exported.find(({ name }) => name === `${symbol.name.charAt(0).toLowerCase()}${symbol.name.slice(1)}`)
    const said = saidOf(symbol) || (schema ? saidOf(schema) : '')
    return [`${said ? `/** ${said} */\n` : ''}export type ${symbol.name} = ${print(type, 0, type)}\n`]
  })
  const from = [...imports].map(([fileName, names]) => `import type { ${[...names].join(', ')} } from '${fileName}'\n`)
  return [...from, ...types].join('')
}

const anonymous = ts.SymbolFlags.TypeLiteral | ts.SymbolFlags.ObjectLiteral | ts.SymbolFlags.Transient

function declaredIn(symbol: ts.Symbol, is: (fileName: string) => boolean): boolean {
  return symbol.declarations?.some((one) => is(one.getSourceFile().fileName)) ?? false
}

function inBrackets(text: string): string {
  return /[|&]/.test(text) && !/^\{[\s\S]*\}$/.test(text) ? `(${text})` : text
}
