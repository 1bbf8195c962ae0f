export declare const wheelName: string
export declare const buildWheel: (outDirectory: string) => string
export declare const zipWheel: (outDirectory: string) => string
