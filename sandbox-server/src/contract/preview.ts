/** Ports that containers of a node publish, and the links under which a browser sees what answers there. */
import { z } from 'zod'

export const nodeName = z.string().regex(/^node[1-3]$/)
export const portNumber = z.int().min(1).max(65_535)

/** `container`: who publishes it, for people. `since`: epoch ms of when this was first seen; another for each container there, and for each time. */
export const portView = z.object({ node: z.string(), port: portNumber, container: z.string(), since: z.number() })
export type PortView = z.infer<typeof portView>

export const openPreview = z.strictObject({
  node: nodeName.default('node1'),
  port: portNumber,
  /** A link for others: it works until the lab ends, at most a day. Else it works until a minute has passed, for the one who asked. */
  share: z.boolean().default(false),
})
/**
 * `url`: to open, with its key; `origin`: where the page then is; `sandboxed`: on a port of this address, where it has no origin, and where
 * the key opens it to all who come from the network address of whoever uses it.
 */
export const previewView = z.object({ url: z.string(), origin: z.string(), sandboxed: z.boolean() })
export type PreviewView = z.infer<typeof previewView>
