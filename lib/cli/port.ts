import { createServer } from 'node:net'

/** Null where the port can be had on loopback; else one line that says why not and what to do. */
export function portProblem(port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') {
        resolve(
          `Port ${port} is in use by another program. Choose another: npm start -- --port ${port < 65_535 ? port + 1 : 3000}`,
        )
      } else if (error.code === 'EACCES') {
        resolve(`Port ${port} is not open to this user. Choose one from 1024 up: npm start -- --port 3000`)
      } else resolve(`Port ${port} cannot be had: ${error.message}`)
    })
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(null)))
  })
}
