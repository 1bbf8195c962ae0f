export declare const mpcServerArguments: string[]
