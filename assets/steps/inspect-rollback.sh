#!/bin/bash
# Whether this cutover can be rolled back, or signed off: the target is the truth, this run made it so, and it is not
# signed off. Changes nothing.
set -Eeuo pipefail

readonly CUTOVER_RUN=${SSM_CutoverRunId:?} CUTOVER=$KEPT/cutover.json SIGNOFF=$KEPT/signoff.json

# The run that switched: the secret's version bears its name and, where the secret was rotated since, the record does.
run_that_switched() {
  local version
  version=$(secret_version)
  if [[ $version == timescale-cutover-r* ]]; then
    printf '%s' "${version#timescale-cutover-}"
  elif [ -e "$CUTOVER" ]; then
    jq --raw-output .run "$CUTOVER"
  fi
}

refuse_damaged "$CUTOVER" "$SIGNOFF"
read_secret
case $(secret_truth) in
  target) ;;
  source)
    fail nothing-to-roll-back "The secret $APPLICATION_SECRET points at the source, $SOURCE_APPLICATION_PLACE: no cutover has switched, or it was rolled back." \
      "There is nothing to do; where the source is fenced still, open it by cutover reopen."
    ;;
  *)
    fail truth-unknown "The secret $APPLICATION_SECRET points at $(secret_place), which is neither the source ($SOURCE_APPLICATION_PLACE) nor the target ($TARGET_APPLICATION_PLACE)." \
      "Find out which database the application uses before anything else."
    ;;
esac
if [ -e "$SIGNOFF" ] && [ "$(jq --raw-output .cutoverRun "$SIGNOFF")" = "$CUTOVER_RUN" ]; then
  fail signed-off "Cutover run $CUTOVER_RUN was signed off by run $(jq --raw-output .run "$SIGNOFF") at $(jq --raw-output .signedOffAt "$SIGNOFF")." \
    "It is final: no rollback and no second signoff follows."
fi
switched=$(run_that_switched)
if [ -z "$switched" ]; then
  fail wrong-run "No cutover run is known to have switched to the target: the secret's version $(secret_version) is of no run, and there is no record ($CUTOVER)." \
    "Whoever pointed the secret at the target by hand has to point it back by hand."
fi
if [ "$switched" != "$CUTOVER_RUN" ]; then
  fail wrong-run "Cutover run $CUTOVER_RUN did not switch to the target: run $switched did." "Name run $switched."
fi
succeed "\"cutoverRun\":$(json_string "$switched"),\"recorded\":$([ -e "$CUTOVER" ] && echo true || echo false)"
