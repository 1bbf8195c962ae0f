/** Why a process cannot do its work, in a sentence for the operator. The server and the command line say it and exit with 1. */
export class StartError extends Error {
  override name = 'StartError'
}
