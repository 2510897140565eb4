import { isNativeError } from "node:util/types";

// Jest runs a test in a realm of its own, where node's own errors (a closed socket's, say) are no `instanceof Error`,
// and the AWS SDK then hides their codes. Outside of jest there is one realm; this restores that.
const ordinary = Function.prototype[Symbol.hasInstance];
Object.defineProperty(Error, Symbol.hasInstance, {
  value(this: unknown, value: unknown) {
    return this === Error ? isNativeError(value) : ordinary.call(this as () => void, value);
  },
});
