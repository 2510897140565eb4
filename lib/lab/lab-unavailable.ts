/** This computer cannot hold the lab. The message is one line: what is wanted, what is there, what to do. */
export class LabUnavailable extends Error {
  override readonly name = "LabUnavailable";
}
