// Loaded before web, worker and simulator: where the starter dies without a word (kill -9), they end too, as they would
// on its SIGTERM. Else they would hold the port and the data folder for ever.
const starter = process.ppid
setInterval(() => {
  if (process.ppid === starter) return
  process.kill(process.pid, 'SIGTERM')
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), 2_000).unref()
}, 500).unref()
