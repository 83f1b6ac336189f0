import { Age } from '@/components/live/age'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { RunDetail } from '@/lib/views/runs'
import type { Commanding } from './use-command'

interface GateQuestionsProps {
  readonly detail: RunDetail
  readonly command: Commanding
}

/** What a gate asks of whoever watches the run: servers of the next boot order wait for the answer. */
export function GateQuestions({ detail: { questions, run }, command }: GateQuestionsProps) {
  if (run.wish === 'stop') return null
  const refusal = command.sending === null ? null : 'The last command is on its way'
  return questions.map(({ idx, question, askedAt, said }) => (
    <Notice
      key={idx}
      tone="behind"
      title={question}
      action={
        <span className="flex gap-2">
          <Button
            kind="action"
            refusal={refusal}
            aria-label={`Yes: ${question}`}
            onClick={() => void command.send({ kind: 'answer', member: idx, answer: 'yes' })}
          >
            Yes, go on
          </Button>
          <Button
            refusal={refusal}
            aria-label={`No: ${question}`}
            onClick={() => void command.send({ kind: 'answer', member: idx, answer: 'no' })}
          >
            No
          </Button>
        </span>
      }
    >
      Servers of the next boot order wait for your answer, for <Age at={askedAt} />.
      {said !== null && ` ${said}: it stays as it is until somebody says yes, or goes on without it.`}
    </Notice>
  ))
}
