// Runs on any Node, however old: what is in here must be understood by all of them, so that the first line that somebody
// with an old Node reads is ours and not an error of its loader, which knows no `node:` before 12.20. So nothing is imported
// before the version is looked at.
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Antipode needs Node 20.19 or later; this is v${process.versions.node}.`)
  process.exit(1)
}

import('./bundled-commands.mjs').catch((error) => {
  console.error(error)
  process.exit(1)
})
