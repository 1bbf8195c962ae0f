export declare const pythons: readonly string[]
export declare const python: () => Promise<string>
