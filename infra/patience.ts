/** How long we wait for others: each deadline, times a factor for machines that are known to be slow, such as emulated ones. */

/** `DRYDOCK_PATIENCE`; the server checks it with its other settings (`sandbox-server/src/settings.ts`). */
const factor = (): number => Math.max(1, Number(process.env.DRYDOCK_PATIENCE) || 1)

/** A deadline in milliseconds as it is on this machine. */
export const patient = (ms: number): number => ms * factor()
