/** Whether a host is this machine itself: nobody else comes or listens in there. */
export const isLoopback = (host: string): boolean => /^(localhost|127(\.\d+){3}|::1)$/.test(host)
