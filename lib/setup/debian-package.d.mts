export function debianPackage(program: {
  commands: readonly string[]
  version: string | readonly string[]
  package: string | readonly string[]
}): Promise<string>
