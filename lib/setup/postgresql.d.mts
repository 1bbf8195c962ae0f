export function postgresql(): Promise<string>
export function postgresqlPrograms(): string | undefined
