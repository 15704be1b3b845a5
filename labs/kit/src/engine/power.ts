/** A node that fails: stops and starts machines of the session, for acting checks of labs about failures. */
import type { Node, NodePower } from '../check.ts'

/**
 * Cuts the node's power: all that runs on it ends at once, its disk stays. Whatever a check has stopped is started again when the
 * check is over, also after a crash of the server.
 */
export const stopNode = (node: Node): Promise<void> => powerOf(node).stop()

/** Boots it again and waits until its engine answers. Containers start again as their restart policies say. */
export const startNode = (node: Node): Promise<void> => powerOf(node).start()

function powerOf(node: Node): NodePower {
  if (node.power) return node.power
  throw new Error(`a check that only observes may not stop or start ${node.name}: say \`check: acting\` in lab.yaml`)
}
