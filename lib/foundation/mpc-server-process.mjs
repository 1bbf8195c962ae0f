// Plain JavaScript: what starts a server reads it with whatever Node is on the machine.

/**
 * What Node is given to run the MPC server, in MiB. With a small young heap, and a bound to the old one that is far above what
 * ten thousand open sessions take, what a call leaves behind goes soon and does not fill memory.
 *
 * @see https://nodejs.org/api/cli.html#--max-semi-space-sizesize-in-mib
 */
export const mpcServerArguments = ['--max-semi-space-size=4', '--max-old-space-size=512', 'lib/mpc/server/main.ts']
