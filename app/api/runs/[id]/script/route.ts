import { ReadRefusal } from '@/lib/read/read-errors'
import { readScript } from '@/lib/read/runs-script'
import { webStore } from '@/lib/read/web-store'
import { shownCommand } from '../../shown-command'

export const dynamic = 'force-dynamic'

/** The run as a shell script, as it stands now. A browser that follows the link keeps it as a file. */
export async function GET(_: Request, { params }: { readonly params: Promise<{ readonly id: string }> }) {
  const { id } = await params
  try {
    return new Response(await readScript(webStore(), id, await shownCommand(), Date.now()), {
      headers: {
        'content-type': 'text/x-shellscript; charset=utf-8',
        'content-disposition': `attachment; filename="antipode-${id.replace(/[^\w-]/g, '')}.sh"`,
        'cache-control': 'no-store',
      },
    })
  } catch (error) {
    if (!(error instanceof ReadRefusal)) throw error
    return new Response(`${error.message}\n`, { status: error.status, headers: { 'content-type': 'text/plain' } })
  }
}
