/** From a job's kind to its step. */
import { stepEachKey } from "../command/each-key";
import { keysWritten, stepKeys } from "../command/scan";
import { stepBitop } from "../type/bits/combine";
import { stepBitcount } from "../type/bits/count";
import { stepBitpos } from "../type/bits/position";
import { stepEdit } from "../type/string/edit";
import { stepLcs } from "../type/string/lcs";
import {
  Job, JOB_COMBINE_BITS, JOB_COUNT_BITS, JOB_EACH_KEY, JOB_EDIT, JOB_FIND_BIT, JOB_KEYS, JOB_LCS,
} from "./job";

/** Elements that the step wrote of an array whose length only its end tells; 0 for other kinds. */
export let partItems: u32 = 0;
/** Whether the job's output is such an array. */
export let isPart: bool = false;

/** Makes one step of a job; true when it was the last. */
export function stepJob(job: Job): bool {
  isPart = false;
  partItems = 0;
  switch (job.kind) {
    case JOB_EACH_KEY: return stepEachKey(job);
    case JOB_EDIT: return stepEdit(job);
    case JOB_COUNT_BITS: return stepBitcount(job);
    case JOB_FIND_BIT: return stepBitpos(job);
    case JOB_COMBINE_BITS: return stepBitop(job);
    case JOB_LCS: return stepLcs(job);
    case JOB_KEYS: {
      const done = stepKeys(job);
      isPart = true;
      partItems = keysWritten;
      return done;
    }
  }
  unreachable();
  return true;
}
