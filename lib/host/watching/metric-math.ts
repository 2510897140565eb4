import { MathExpression, type Metric } from "aws-cdk-lib/aws-cloudwatch";

/** A sum over each period as what it is a second. The name is the line's, and the metric's in the expression. */
export function perSecond(name: string, sum: Metric): MathExpression {
  return computed(name, sum, `${name} / PERIOD(${name})`);
}

/** Seconds as hours; the name as above. */
export function hours(name: string, seconds: Metric): MathExpression {
  return computed(name, seconds, `${name} / 3600`);
}

/** Bytes as GiB; the name as above. */
export function gibibytes(name: string, bytes: Metric): MathExpression {
  return computed(name, bytes, `${name} / 1073741824`);
}

function computed(name: string, metric: Metric, expression: string): MathExpression {
  return new MathExpression({
    expression,
    label: name,
    usingMetrics: { [name]: metric },
    period: metric.period,
  });
}
