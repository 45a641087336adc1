/** The end of a reply on a connection that answers in order. */
import { Connection, entryAt, Entry } from "../connection";
import { EVENT_BROKEN, FAIL_PROTOCOL } from "../layout";
import { reportFailure } from "../run";
import { settle } from "../settle";

/** `at` is behind the reply's last byte. */
export function endReply(c: Connection, outcome: u32, text: usize, length: u32, at: usize): void {
  const bytes = c.bytes + <u32>(at - c.mark);
  c.bytes = 0;
  c.mark = at;
  if (c.head == c.sent) {
    // A reply without a request, such as `-ERR max number of clients reached`.
    breakOff(c, text, length);
    return;
  }
  const e: Entry = entryAt(c, c.head);
  c.head++;
  settle(c, e, outcome, text, length, bytes);
  c.isChecked = false;
}

/** What comes is nothing that the protocol knows: the connection is of no more use. */
export function breakOff(c: Connection, text: usize, length: u32): void {
  reportFailure(c.number, FAIL_PROTOCOL, 0, text, length);
  c.events |= EVENT_BROKEN;
}
