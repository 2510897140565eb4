import { patterned } from "./text";

export const emailAddress = patterned(
  'an e-mail address without a name beside it, such as "dba@example.com"',
  /^(?=.{3,254}$)[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$/,
  "is no e-mail address",
);
