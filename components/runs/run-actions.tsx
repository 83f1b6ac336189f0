'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { buttonStyle } from '@/components/ui/button-style'
import { Icon } from '@/components/ui/icon'
import { isEnded } from '@/lib/domain/run-states'
import type { RunDetail } from '@/lib/views/runs'
import { StopDialog } from './stop-dialog'
import type { Commanding } from './use-command'

interface RunActionsProps {
  readonly detail: RunDetail
  readonly command: Commanding
}

/** Pause or resume, stop, and the runbook. What cannot be done says why. */
export function RunActions({ detail, command }: RunActionsProps) {
  const { run } = detail
  const [stopping, setStopping] = useState(false)
  const refusal = whyNot(detail, command)
  return (
    <>
      {run.wish === 'pause' ? (
        <Button refusal={refusal} onClick={() => void command.send({ kind: 'resume' })}>
          <Icon name="play" />
          Resume
        </Button>
      ) : (
        <Button refusal={refusal} onClick={() => void command.send({ kind: 'pause' })}>
          <Icon name="pause" />
          Pause
        </Button>
      )}
      <Button kind="danger" refusal={refusal} onClick={() => setStopping(true)}>
        Stop
      </Button>
      <a
        href={`/api/runs/${encodeURIComponent(run.id)}/script`}
        download
        title="Runbook as shell script, with what is done marked"
        className={buttonStyle()}
      >
        <Icon name="download" />
        <span className="max-md:sr-only">Runbook</span>
        <span className="sr-only"> as shell script</span>
      </a>
      <StopDialog detail={detail} command={command} open={stopping} onOpenChange={setStopping} />
    </>
  )
}

function whyNot({ run }: RunDetail, { sending }: Commanding): string | null {
  if (isEnded(run.state)) return 'The run has ended: nothing more can be asked of it'
  if (run.wish === 'stop') return 'The run is being stopped; that cannot be taken back'
  return sending === null ? null : 'The last command is on its way'
}
