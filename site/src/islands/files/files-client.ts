/** The files of one node as functions, typed by the contract, and its live tree. */
import type { FilesEvent, FileText, FileTree } from '@drydock/sandbox-server/contract'
import { socketUrl } from '../client/api.ts'
import { request } from '../client/http.ts'
import { ReconnectingSocket, type SocketState } from '../client/reconnecting-socket.ts'

export function createFilesClient(session: string, node: string) {
  const at = `/sessions/${encodeURIComponent(session)}/nodes/${encodeURIComponent(node)}/files`
  const q = (path: string) => `?path=${encodeURIComponent(path)}`
  return {
    read: (path: string) => request<FileText>('GET', `${at}/text${q(path)}`),
    write: (path: string, text: string, version: string | null | undefined) =>
      request<{ version: string }>('PUT', `${at}/text`, { path, text, ...(version === undefined ? {} : { version }) }),
    makeFolder: (path: string) => request<unknown>('POST', `${at}/folder`, { path }),
    move: (from: string, to: string) => request<unknown>('POST', `${at}/move`, { from, to }),
    remove: (path: string) => request<{ undo: string }>('DELETE', `${at}${q(path)}`),
    restore: (undo: string, to: string) => request<unknown>('POST', `${at}/restore`, { undo, to }),
    upload: (path: string, file: File) => request<unknown>('PUT', `${at}/upload${q(path)}`, file),
    downloadUrl: (path: string) => `/api${at}/download${q(path)}`,
    follow(onTree: (tree: FileTree) => void, onState: (state: SocketState) => void): () => void {
      const socket: ReconnectingSocket = new ReconnectingSocket({
        url: () => socketUrl(`${at}/live`),
        onMessage: (data) => {
          if (typeof data !== 'string') return
          socket.settle()
          onTree((JSON.parse(data) as FilesEvent).tree)
        },
        onState,
      })
      return () => socket.close()
    },
  }
}
