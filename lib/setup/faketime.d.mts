export function faketime(): Promise<string>
export function libraryOf(command?: string): string | undefined
